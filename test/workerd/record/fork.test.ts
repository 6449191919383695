import { evictDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { boutBody, boutStub, length, log, newBout, until, verify } from '../bout/support.ts';
import { accepted, clock, entered, firstBell, type Night, openNight, BUSY } from '../judging/support.ts';
import { call } from '../support.ts';
import { meddle } from './bucket.ts';
import { copyOf, restore } from './rows.ts';
import { anchorOf, opened, rows, sizes, stored, work } from './support.ts';

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});

afterEach(() => {
  vi.restoreAllMocks();
});

/** A round from bell to bell, its checkpoint signed and published. */
async function roundOf(night: Night, number: number): Promise<void> {
  await firstBell(night, number);
  await entered(
    night,
    number,
    BUSY.slice(0, 2).map((one) => ({ ...one, round_id: number })),
  );
  accepted(await clock(night, number, 'end_round'));
  await work(night);
}

/** A night after two rounds, and its storage as it was after the first. */
async function twoRounds() {
  const night = await openNight();
  await roundOf(night, 1);
  const older = await copyOf(night);
  await roundOf(night, 2);
  const anchor = await anchorOf(night);
  if (anchor === null) throw new Error('nothing was published');
  return { night, older, anchor };
}

async function isRefused(night: Night): Promise<boolean> {
  return (await log(night)).status === 503;
}

/** As if the last entry were two minutes old: the start waits for R2. */
function later(): void {
  const now = Date.now.bind(Date);
  vi.spyOn(Date, 'now').mockImplementation(() => now() + 120_000);
}

describe('a storage that was put back to an earlier day', () => {
  it('is refused before its first entry where the bout has been quiet: readers are told, nothing is published over it', async () => {
    const { night, older, anchor } = await twoRounds();
    const newer = await copyOf(night);
    await restore(night, older);
    later();
    const answer = await log(night);
    expect(answer).toMatchObject({ status: 503, json: { code: 'unavailable' } });
    expect(answer.json['detail']).toContain('published');
    expect(await verify(night)).toMatchObject({ chain_valid: false, message: expect.stringContaining('published') });
    await work(night);
    expect(await anchorOf(night)).toBe(anchor);
    // Before R2 has answered anything it knows what it knew.
    meddle('get', async () => await Promise.reject(new Error('the bucket is not there')));
    await evictDurableObject(boutStub(night.boutId));
    expect(await isRefused(night)).toBe(true);
    vi.mocked(Object.getPrototypeOf(env.ARCHIVE).get).mockRestore();
    await restore(night, newer);
    expect(await log(night)).toMatchObject({ status: 200 });
    expect(await verify(night)).toMatchObject({ chain_valid: true });
  });

  it('in a running bout is refused beside the taps, which wait for nobody', async () => {
    const { night, older, anchor } = await twoRounds();
    await restore(night, older);
    await until(async () => await isRefused(night));
    expect((await stored(night)).fork).toContain('was published');
    expect(await anchorOf(night)).toBe(anchor);
  });

  it('is found by its root where it has grown longer than what was published', async () => {
    const { night, older, anchor } = await twoRounds();
    meddle('get', async (key, through) =>
      key.startsWith('anchors/') ? await Promise.reject(new Error('the bucket is not there')) : await through(),
    );
    await restore(night, older);
    const published = (await opened(night, anchor)).size;
    while ((await length(night)) <= published) accepted(await log(night));
    await firstBell(night, 2);
    accepted(await clock(night, 2, 'end_round'));
    await work(night);
    // Signed, because nobody could say otherwise; published nowhere.
    expect((await sizes(night)).at(-1)).toBeGreaterThan(published);
    expect(await rows(night, 'SELECT size FROM checkpoint WHERE log_index IS NOT NULL')).toHaveLength(1);
    vi.restoreAllMocks();
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    await work(night);
    expect((await stored(night)).fork).toContain('is not of this ledger');
    expect(await isRefused(night)).toBe(true);
    expect(await anchorOf(night)).toBe(anchor);
  });

  it('is found by the log of checkpoints where somebody took the anchor away', async () => {
    const { night, older } = await twoRounds();
    await env.ARCHIVE.delete(`anchors/${night.boutId}`);
    await restore(night, older);
    accepted(await log(night));
    await firstBell(night, 2);
    accepted(await clock(night, 2, 'end_round'));
    await work(night);
    await until(async () => await isRefused(night));
    expect((await stored(night)).fork).toContain('log of checkpoints');
    // Known again at a start, until the log itself says otherwise.
    await evictDurableObject(boutStub(night.boutId));
    expect(await isRefused(night)).toBe(true);
  });
});

describe('an anchor', () => {
  it('that is older than ours, or gone, is put there again', async () => {
    const night = await openNight();
    await roundOf(night, 1);
    const first = await anchorOf(night);
    await roundOf(night, 2);
    const second = await anchorOf(night);
    if (first === null || second === null) throw new Error('nothing was published');
    for (const before of [first, null]) {
      if (before === null) await env.ARCHIVE.delete(`anchors/${night.boutId}`);
      else await env.ARCHIVE.put(`anchors/${night.boutId}`, before);
      await evictDurableObject(boutStub(night.boutId));
      await length(night);
      await until(async () => (await anchorOf(night)) === second);
    }
    expect(await log(night)).toMatchObject({ status: 200 });
  });

  it('that is not ours is never overwritten, and keeps nobody from scoring', async () => {
    const night = await openNight();
    await roundOf(night, 1);
    await env.ARCHIVE.put(`anchors/${night.boutId}`, 'nothing that anybody signed');
    await evictDurableObject(boutStub(night.boutId));
    await roundOf(night, 2);
    expect(await anchorOf(night)).toBe('nothing that anybody signed');
    expect(await log(night)).toMatchObject({ status: 200 });
    expect((await stored(night)).fork).toBeNull();
    expect((await boutStub(night.boutId).health())?.jobs.failing).toContainEqual({
      job: 'publish',
      attempts: expect.any(Number),
    });
  });

  it('that somebody else replaces between our look and our writing is looked at again', async () => {
    const night = await openNight();
    await roundOf(night, 1);
    const { boutId } = night;
    let replaced = 0;
    meddle('put', async (key, through) => {
      if (key === `anchors/${boutId}` && replaced === 0) {
        replaced += 1;
        await env.ARCHIVE.put(key, 'somebody was faster');
      }
      return await through();
    });
    await roundOf(night, 2);
    expect(replaced).toBe(1);
    expect(await anchorOf(night)).toBe('somebody was faster');
  });

  it('keeps a bout of its name from being set up over it, and only that', async () => {
    const night = await openNight();
    await roundOf(night, 1);
    const boutId = `bout_${crypto.randomUUID()}`.slice(0, 40);
    await env.ARCHIVE.put(`anchors/${boutId}`, (await anchorOf(night)) ?? '');
    const answer = await call('POST', '/api/bouts', { token: night.supervisor, body: boutBody(boutId) });
    expect(answer).toMatchObject({ status: 409, json: { code: 'conflict', errors: [{ field: 'bout_id' }] } });
    expect(await call('GET', `/api/bouts/${boutId}`)).toMatchObject({ status: 404 });
    // R2 is no reason not to score.
    meddle('head', async () => await Promise.reject(new Error('the bucket is not there')));
    await newBout();
  });
});
