import { describe, expect, it } from 'vitest';
import { castOf } from './plan/cast.ts';
import { planOf } from './run/chapter.ts';
import { digestOf } from './run/digest.ts';
import { chapterSeed, readSettings } from './settings.ts';

describe('the schedule of a run', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(digestOf(chapterSeed(7, 1))).toBe(digestOf(chapterSeed(7, 1)));
    expect(digestOf(chapterSeed(7, 1))).not.toBe(digestOf(chapterSeed(8, 1)));
    expect(digestOf(chapterSeed(7, 1))).not.toBe(digestOf(chapterSeed(7, 2)));
  });

  it('has 200 writers with clocks up to an hour off, half of them on sockets, and everything that can befall them', () => {
    const seed = chapterSeed(7, 1);
    const cast = castOf(seed);
    expect(cast).toHaveLength(200);
    const skews = cast.flatMap(({ devices }) => devices.map(({ skewMs }) => Math.abs(skewMs)));
    expect(Math.max(...skews)).toBeLessThanOrEqual(3_600_000);
    expect(Math.max(...skews)).toBeGreaterThan(3_000_000);
    const plans = cast.map((actor) => planOf(seed, actor));
    const steps = plans.flatMap((plan) => Array.from({ length: 60 }, () => plan.next().value));
    expect(new Set(steps.map(({ kind }) => kind))).toEqual(
      new Set(['log', 'batch', 'twin', 'undo', 'swap', 'official']),
    );
    const onSockets = steps.filter(({ via }) => via === 'socket').length;
    expect(onSockets / steps.length).toBeGreaterThan(0.4);
    expect(onSockets / steps.length).toBeLessThan(0.6);
    expect(steps.some(({ manner }) => manner.hangUpMs !== null)).toBe(true);
    expect(steps.some(({ manner }) => manner.twice)).toBe(true);
  });

  it('takes its seed and its length from the command line, and says what is wrong with them', () => {
    expect(readSettings({ FIGHTJUDGE_SEED: '12', FIGHTJUDGE_DURATION: '90s' })).toEqual({
      seed: 12,
      durationMs: 90_000,
      count: null,
    });
    expect(readSettings({ FIGHTJUDGE_SEED: '12' }).durationMs).toBeNull();
    expect(readSettings({ FIGHTJUDGE_DURATION: '10m' }).durationMs).toBe(600_000);
    expect(readSettings({ FIGHTJUDGE_COUNT: '1000' }).count).toBe(1_000);
    expect(() => readSettings({ FIGHTJUDGE_SEED: 'twelve' })).toThrow('--seed');
    expect(() => readSettings({ FIGHTJUDGE_DURATION: '10' })).toThrow('--duration');
  });
});
