import { beforeAll, describe, expect, it } from 'vitest';
import { fuzz } from './engine.ts';
import { startProgress } from './progress.ts';
import { readOptions } from './settings.ts';
import { describeFinding, type Tally } from './tally.ts';

const options = readOptions(process.env);
const { seed, count, only } = options;

/** From so many cases on, each operation has had its turn, whatever the seed. */
const ENOUGH_FOR_ALL = 800;

/** A start and a cold start, and for each case far more than one takes. */
const LIMIT_MS = 120_000 + count * 500;

describe(`a server that is sent ${count} requests, lawful and not (FIGHTJUDGE_SEED=${seed})`, () => {
  let tally: Tally;

  beforeAll(async () => {
    const progress = startProgress(options);
    tally = await fuzz({ ...options, progress: progress.goesOn });
    progress.end(tally);
  }, LIMIT_MS);

  const found = (atTheEnd: boolean): string =>
    tally.findings
      .filter(({ what }) => (what === 'the end') === atTheEnd)
      .map((finding) => describeFinding(finding, seed))
      .join('\n\n');

  it('answers each in time and as its document says, and writes nothing when it refuses', () => {
    expect(found(false)).toBe('');
    expect(tally.cases()).toBe(count);
  });

  it('has afterwards only bouts that check out, and that are the same after a kill and a cold start', () => {
    expect(found(true)).toBe('');
    expect(tally.ending()?.bouts).toBeGreaterThan(0);
  });

  it('was asked everything, and both obliged and refused', () => {
    if (only === null && count >= ENOUGH_FOR_ALL) {
      expect([...tally.operations].filter(([, { cases }]) => cases === 0)).toEqual([]);
    }
    expect(tally.classes.get('2xx') ?? 0).toBeGreaterThan(0);
    expect(tally.classes.get('4xx') ?? 0).toBeGreaterThan(0);
  });
});
