import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { archivePrefix } from '../../../domain/archive/index.ts';
import { bytesOfHex, hexOf, leafHash, parseProof, verifyProof, ed25519, keyFor } from '../../../domain/log/index.ts';
import { sha256Bytes, utf8Bytes } from '../../../domain/ledger/index.ts';
import { boutOrigin } from '../../../objects/log-key.ts';
import { archive } from '../../../objects/bout/record/index.ts';
import { action, boutStub, length, newBout, numberOf, type TestBout } from '../bout/support.ts';
import { accepted, type Night, read } from '../judging/support.ts';
import { call, textOf } from '../support.ts';
import { meddle } from './bucket.ts';
import { rotate } from '../log/support.ts';
import {
  archived,
  beside,
  decidedNight,
  files,
  logKey,
  prefixOf,
  rows,
  sealNow,
  stored,
  verified,
  work,
} from './support.ts';

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});

afterEach(() => {
  vi.restoreAllMocks();
});

/** The archive as one value: a change of any byte anywhere changes it. */
async function fingerprint(night: Night): Promise<readonly string[]> {
  return [...(await files(night))].map(([path, bytes]) => `${path} ${hexOf(sha256Bytes(bytes))}`);
}

const LEFT = 'SELECT (SELECT count(*) FROM staged) + (SELECT count(*) FROM staged_part) AS left';

describe('the archive of a sealed bout', () => {
  it('is proven by who holds the deployment’s key alone, and so is every receipt that was given', async () => {
    const night = await decidedNight();
    const sealed = await sealNow(night, { reason: 'the night is over' });
    await archived(night);
    const receipt = { index: numberOf(sealed, 'sequence_index'), hash: textOf(sealed, 'chain_hash') };
    const report = await verified(night, [receipt, { index: 4, hash: await chainHashOf(night, 4) }]);
    expect(report).toMatchObject({
      verdict: 'proven',
      findings: [],
      facts: { receipts: 2, entries: receipt.index + 1 },
    });
    expect(report.facts.platformLog).not.toBeNull();
    expect((await verified(night, [{ ...receipt, hash: '0'.repeat(64) }])).verdict).toBe('broken');
    expect(await rows(night, LEFT)).toEqual([{ left: 0 }]);
    expect(await read(night, '')).toMatchObject({
      sealed: true,
      record: { checkpoint_size: receipt.index + 1, archived: true, conflict: null },
    });
    const { objects } = await env.ARCHIVE.list({ prefix: await prefixOf(night) });
    for (const { checksums } of objects) expect(checksums.sha256).toBeDefined();
    const last = objects.toSorted((a, b) => a.uploaded.getTime() - b.uploaded.getTime()).at(-1);
    expect(last?.uploaded).toEqual(objects.find(({ key }) => key.endsWith('/checkpoint'))?.uploaded);
  });

  it('comes to the same bytes wherever a put fails, before or after it was done, and whoever is evicted', async () => {
    const plain = await decidedNight();
    await sealNow(plain);
    await archived(plain);
    const count = (await files(plain)).size;
    expect(count).toBeGreaterThan(8);
    const night = await decidedNight();
    const { failed } = failEveryPutTwice();
    await sealNow(night);
    await rows(night, "UPDATE job SET due_ms = 1 WHERE id = 'checkpoint'");
    for (let turn = 0; (await stored(night)).archived_ms === null; turn += 1) {
      if (turn > 5 * count) throw new Error('it does not get on');
      await work(night);
      if (turn % 3 === 0) await evictDurableObject(boutStub(night.boutId));
    }
    expect(failed()).toBe(2 * count);
    expect(await verified(night)).toMatchObject({ verdict: 'proven', findings: [] });
    expect((await files(night)).size).toBe(count);
    expect(await rows(night, LEFT)).toEqual([{ left: 0 }]);
  });

  it('is made once: an alarm that rings twice changes nothing', async () => {
    const night = await decidedNight();
    await sealNow(night);
    await archived(night);
    const before = await fingerprint(night);
    await rows(night, "INSERT OR REPLACE INTO job (id, due_ms, attempts) VALUES ('archive', 1, 0), ('publish', 1, 0)");
    await runInDurableObject(boutStub(night.boutId), async (_bout, state) => {
      await state.storage.setAlarm(Date.now() + 60_000);
    });
    expect(await runDurableObjectAlarm(boutStub(night.boutId))).toBe(true);
    expect(await fingerprint(night)).toEqual(before);
    expect((await stored(night)).conflict).toBeNull();
  });

  it('is staged as it will be: two runs at once put the same bytes', async () => {
    const night = await decidedNight();
    await sealNow(night);
    await Promise.all([work(night), work(night), work(night)]);
    await archived(night);
    expect(await verified(night)).toMatchObject({ verdict: 'proven', findings: [] });
    expect((await stored(night)).conflict).toBeNull();
  });

  it('never overwrites what lies in its place: the job ends, and health says so', async () => {
    const night = await decidedNight();
    const metadata = `${prefixAhead(night)}metadata.json`;
    await env.ARCHIVE.put(metadata, 'somebody else’s');
    await sealNow(night);
    await work(night);
    await work(night);
    expect((await stored(night)).conflict).toContain('metadata.json');
    expect(await (await env.ARCHIVE.get(metadata))?.text()).toBe('somebody else’s');
    // The checkpoint is the last: nobody takes this for an archive.
    expect((await files(night)).has('checkpoint')).toBe(false);
    const health = await boutStub(night.boutId).health();
    expect(health?.jobs.failing).toContainEqual({ job: 'archive', attempts: 1 });
    await work(night);
    expect((await stored(night)).archived_ms).toBeNull();
  });

  it('waits for nobody: the proof of the log of checkpoints is added when it comes', async () => {
    const night = await decidedNight();
    await work(night);
    // The platform's log cannot publish, so it gives no proof.
    meddle('put', async (key, call) => {
      if (key.startsWith('archive/') || key.startsWith('anchors/bout_')) return await call();
      throw new Error('the bucket is not there');
    });
    await sealNow(night);
    await archived(night);
    expect((await files(night)).has('log.tlog-proof')).toBe(false);
    vi.restoreAllMocks();
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    while (!(await files(night)).has('log.tlog-proof')) await work(night);
    expect((await verified(night)).facts.platformLog).not.toBeNull();
  });
});

it('a proof that comes after the key was replaced brings the notes that lead to its key', async () => {
  const night = await decidedNight();
  await sealNow(night);
  await archived(night);
  await work(night);
  const prefix = await prefixOf(night);
  expect((await files(night)).has('rotations')).toBe(false);
  await env.ARCHIVE.delete(`${prefix}log.tlog-proof`);
  await rows(night, 'UPDATE record SET has_proof = 0');
  const rotated = await rotate();
  await beside(night, { ...env, ...rotated }, async (context) => await archive(context));
  const notes: unknown = JSON.parse(new TextDecoder().decode((await files(night)).get('rotations')));
  expect(notes).toEqual(JSON.parse(rotated.LOG_ROTATIONS));
  expect((await files(night)).has('log.tlog-proof')).toBe(true);
  expect(await verified(night)).toMatchObject({ verdict: 'proven', findings: [] });
});

describe('a receipt', () => {
  it('is proven by the proof that the API gives, as soon as a checkpoint covers it', async () => {
    const night = await decidedNight();
    await work(night);
    const entry = await chainHashOf(night, 5);
    const answer = await call('GET', `/api/bouts/${night.boutId}/proof/5`, { token: night.supervisor });
    expect(answer.status).toBe(200);
    const proof = parseProof(answer.text);
    const key = keyFor(logKey().deployment, boutOrigin(logKey(), night.boutId));
    const leaf = bytesOfHex(entry);
    if (!proof.ok || !key.ok || leaf === null) throw new Error('no proof');
    const { verify } = ed25519(crypto.subtle);
    expect(await verifyProof(proof.value, leaf, key.value, verify)).toMatchObject({ ok: true });
    expect(await verifyProof(proof.value, leafHash(utf8Bytes('another')), key.value, verify)).toMatchObject({
      ok: false,
    });
  });

  it('is proven wherever it stands in a long bout, and again after the bout has grown', async () => {
    const bout = await newBout();
    const key = keyFor(logKey().deployment, boutOrigin(logKey(), bout.boutId));
    if (!key.ok) throw new Error(key.detail);
    const { verify } = ed25519(crypto.subtle);
    // Who logs for the first time is entered before.
    await grownTo(bout, 2);
    // To a size in the middle of a block of 256, to its very end, and one beyond.
    for (const size of [300, 512, 513]) {
      await grownTo(bout, size);
      await rows(bout, "INSERT OR REPLACE INTO job (id, due_ms, attempts) VALUES ('checkpoint', 1, 0)");
      await work(bout);
      for (const index of [0, 255, 256, 299, 511, 512].filter((one) => one < size)) {
        const answer = await call('GET', `/api/bouts/${bout.boutId}/proof/${index}`, { token: bout.supervisor });
        const proof = parseProof(answer.text);
        const leaf = bytesOfHex(await chainHashOf(bout, index));
        if (!proof.ok || leaf === null) throw new Error(`no proof of ${index} of ${size}: ${answer.text}`);
        const opened = await verifyProof(proof.value, leaf, key.value, verify);
        expect(opened).toMatchObject({ ok: true, value: { checkpoint: { size } } });
      }
    }
  });

  it('holds a device’s signature: what was sent stands in the leaf', async () => {
    const open = await newBout();
    const signature = 'A'.repeat(86);
    const body = action(open.boutId, { signature, device_seq: 1, device_epoch: 1 });
    const given = accepted(await call('POST', '/api/events/v2/log', { token: open.supervisor, body }));
    const [row] = await rows<{ leaf: string }>(
      open,
      'SELECT leaf FROM entry WHERE idx = ?',
      numberOf(given, 'sequence_index'),
    );
    expect(JSON.parse(row?.leaf ?? '{}')).toMatchObject({ signature, device_seq: 1, device_epoch: 1 });
    expect(hexOf(leafHash(utf8Bytes(row?.leaf ?? '')))).toBe(given['chain_hash']);
  });
});

/** Fails every put to an archive twice: first before anything was done, then after it was. */
function failEveryPutTwice(): { readonly failed: () => number } {
  const tries = new Map<string, number>();
  let failed = 0;
  meddle('put', async (key, proceed) => {
    if (!key.startsWith('archive/')) return await proceed();
    const nth = (tries.get(key) ?? 0) + 1;
    tries.set(key, nth);
    if (nth > 2) return await proceed();
    failed += 1;
    if (nth === 2) await proceed();
    throw new Error('the bucket is not there');
  });
  return { failed: () => failed };
}

async function chainHashOf(night: TestBout, index: number): Promise<string> {
  const [row] = await rows<{ hash: string }>(night, 'SELECT hash FROM entry WHERE idx = ?', index);
  return row?.hash ?? '';
}

/** Where the archive will lie, before there is anything to be told of it. */
function prefixAhead({ boutId }: Night): string {
  return archivePrefix({ boutId, promotion: 'Promotion', event: 'Event One', date: null }, Date.now());
}

/** Logs until the ledger has so many entries. */
async function grownTo(bout: TestBout, size: number): Promise<void> {
  const missing = size - (await length(bout));
  const events = Array.from({ length: missing }, () => action(bout.boutId));
  accepted(
    await call('POST', '/api/events/v2/batch', { token: bout.supervisor, body: { bout_id: bout.boutId, events } }),
  );
}
