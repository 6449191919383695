import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { readSettings } from '../settings.ts';
import { flipShare, type Flipped, type Share, smallArchive } from './run/flips.ts';
import { say } from './run/whole.ts';

const { count } = readSettings(process.env);

/** Where no number is given; `--count` of as many bits as there are flips every one of them. */
const FEW = 250;

describe('a small archive', () => {
  it('shows every flipped bit, and where it is', async () => {
    const startMs = performance.now();
    const { files } = await smallArchive();
    const bits = [...files.values()].reduce((sum, bytes) => sum + bytes.length * 8, 0);
    const stride = Math.max(1, Math.floor(bits / (count ?? FEW)));
    const shares = count === null ? 1 : availableParallelism();
    const work = Array.from({ length: shares }, async (_, part) => await flipped({ part, of: shares, stride }));
    const done = await Promise.all(work);
    const flips = done.reduce((sum, one) => sum + one.flips, 0);
    expect(done.flatMap(({ wrong }) => wrong)).toEqual([]);
    if (stride === 1) expect(flips).toBe(bits);
    else expect(flips).toBeGreaterThan(bits / stride / 2);
    const seconds = ((performance.now() - startMs) / 1000).toFixed(1);
    say(`${flips} of the ${bits} bits of an archive of ${files.size} files flipped and found, in ${seconds} s`);
  }, 7_200_000);
});

/** Here, or beside others in a thread of its own. */
async function flipped(share: Share): Promise<Flipped> {
  if (share.of === 1) return await flipShare(share);
  const worker = new Worker(join(import.meta.dirname, 'run', 'flips.ts'), { workerData: share });
  return await new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}
