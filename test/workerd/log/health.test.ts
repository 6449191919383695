import { evictDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ANCHOR_KEY } from '../../../objects/platform/log/anchor.ts';
import { platformOf } from '../../../workers/auth/platform.ts';
import { monitorSchema } from '../../../workers/monitor/schema.ts';
import { call, mint } from '../support.ts';
import { add, asConfigured, brokenBucket, complaints, freshPlatform } from './support.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

async function logPart() {
  const answer = await call('GET', '/api/monitor', await mint({ role: 'analyst' }));
  return monitorSchema.parse(answer.json).components.find(({ id }) => id === 'log');
}

describe('the log in the monitor', () => {
  it('is there, and turns to an error at the first look after the anchor says something else', async () => {
    await env.ARCHIVE.delete(ANCHOR_KEY);
    const platform = platformOf(env);
    await add(platform, 'b1', 3);
    expect(await logPart()).toMatchObject({
      kind: 'log',
      status: 'ok',
      detail: expect.stringMatching(/^Signed up to \d+, \d+ s ago\.$/),
    });
    await env.ARCHIVE.put(ANCHOR_KEY, 'nonsense');
    await evictDurableObject(platform);
    expect(await logPart()).toMatchObject({
      status: 'error',
      detail: expect.stringContaining("not this deployment's"),
    });
  });

  it('shows how much is signed, since when, and what is owed', async () => {
    complaints();
    const platform = await freshPlatform();
    const none = { leaves: 0, publishedSize: 0, publishedMs: null, jobs: { oldestMs: null, failing: [] }, faults: [] };
    expect(await platform.logHealth()).toMatchObject(none);
    await add(platform, 'b1', 3);
    expect(await platform.logHealth()).toMatchObject({
      leaves: 2,
      publishedSize: 2,
      publishedMs: expect.any(Number),
      jobs: { failing: [] },
    });
    await asConfigured(platform, { ARCHIVE: brokenBucket('get', 'put') }, async (instance, { storage }) => {
      await add(instance, 'b1', 6);
      storage.sql.exec('UPDATE job SET due_ms = 1');
      await instance.alarm();
      const { leaves, publishedSize, jobs } = await instance.logHealth();
      expect([leaves, publishedSize, jobs.failing]).toEqual([3, 2, [{ job: 'publish', attempts: 1 }]]);
    });
  });
});
