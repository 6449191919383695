import { describe, expect, it } from 'vitest';
import { played, positionOf, quickened, settled, soughtByKey } from '../../../public/replay/player.ts';
import { createRefresher } from '../../../public/replay/refresh.ts';

describe('the position', () => {
  it('runs by the time that has passed, whatever ticks were missed', () => {
    const motion = played({ kind: 'standing', at: 100 }, 1_000, 300, 2);
    expect(positionOf(motion, 1_000, 300)).toBe(100);
    expect(positionOf(motion, 1_499, 300)).toBe(100);
    expect(positionOf(motion, 1_500, 300)).toBe(101);
    expect(positionOf(motion, 61_000, 300)).toBe(220);
    expect(positionOf(motion, 900, 300)).toBe(100);
  });

  it('begins again at the bell when played from the end', () => {
    expect(played({ kind: 'standing', at: 300 }, 0, 300, 1)).toMatchObject({ kind: 'playing', from: 0 });
    expect(played({ kind: 'following' }, 0, 300, 1)).toMatchObject({ kind: 'playing', from: 0 });
  });

  it('goes on from where it is at another speed', () => {
    const motion = played({ kind: 'standing', at: 0 }, 0, 300, 1);
    const faster = quickened(motion, 10_000, 300, 4);
    expect(positionOf(faster, 10_000, 300)).toBe(10);
    expect(positionOf(faster, 12_000, 300)).toBe(18);
    expect(quickened({ kind: 'standing', at: 5 }, 0, 300, 4)).toEqual({ kind: 'standing', at: 5 });
  });

  it('never shows what the clock has not come to', () => {
    expect(positionOf({ kind: 'standing', at: 250 }, 0, 120)).toBe(120);
    expect(positionOf({ kind: 'following' }, 0, 120)).toBe(120);
  });

  it('stands at the end of a round that is over, and follows one that goes on', () => {
    const motion = played({ kind: 'standing', at: 100 }, 0, 120, 4);
    expect(settled(motion, 1_000, 120, false)).toBe(motion);
    expect(settled(motion, 5_000, 120, false)).toEqual({ kind: 'standing', at: 120 });
    expect(settled(motion, 5_000, 120, true)).toEqual({ kind: 'following' });
    expect(settled({ kind: 'following' }, 0, 300, false)).toEqual({ kind: 'standing', at: 300 });
    expect(settled({ kind: 'following' }, 0, 120, true)).toEqual({ kind: 'following' });
  });
});

describe('the keys of the slider', () => {
  it.each([
    ['ArrowRight', false, 51],
    ['ArrowUp', false, 51],
    ['ArrowLeft', false, 49],
    ['ArrowRight', true, 60],
    ['ArrowLeft', true, 40],
    ['PageUp', false, 80],
    ['PageDown', false, 20],
    ['Home', false, 0],
    ['End', false, 300],
    ['a', false, null],
    ['Tab', false, null],
  ])('%s with shift %s leads to %s', (key, shift, to) => {
    expect(soughtByKey(key, shift, 50, 300)).toBe(to);
  });
  it('stay within what there is to see', () => {
    expect(soughtByKey('ArrowLeft', true, 4, 300)).toBe(0);
    expect(soughtByKey('ArrowRight', true, 118, 120)).toBe(120);
  });
});

describe('reading a round again', () => {
  it('is never done twice at once, and once more for whatever was asked meanwhile', async () => {
    const gates: (() => void)[] = [];
    const started: PromiseWithResolvers<void>[] = [Promise.withResolvers(), Promise.withResolvers()];
    let runs = 0;
    const refresher = createRefresher(async () => {
      started[runs]?.resolve();
      runs += 1;
      await new Promise<void>((resolve) => gates.push(resolve));
    }, 0);
    refresher.ask();
    refresher.ask();
    refresher.ask();
    await started[0]?.promise;
    expect(runs).toBe(1);
    gates[0]?.();
    await started[1]?.promise;
    expect(runs).toBe(2);
    refresher.stop();
    gates[1]?.();
    refresher.ask();
    expect(runs).toBe(2);
  });
});
