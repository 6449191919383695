import { describe, expect, it } from 'vitest';
import { keepRunning, whenUp } from '../../../cli/server/keep-running.ts';

const never = new Promise<void>(() => undefined);

describe('whenUp', () => {
  it('does not wait for ever for a runtime whose process has ended unnoticed', async () => {
    await expect(whenUp(never, () => true, 5)).rejects.toThrow('It ended while it was being started.');
  });

  it('waits for one that is slow, however often it has looked', async () => {
    const ready = Promise.withResolvers<void>();
    let looks = 0;
    const isGone = (): boolean => {
      looks += 1;
      if (looks === 3) ready.resolve();
      return false;
    };
    await whenUp(ready.promise, isGone, 1);
    expect(looks).toBeGreaterThanOrEqual(3);
  });

  it('passes on why it did not come up', async () => {
    await expect(whenUp(Promise.reject(new Error('no memory')), () => false)).rejects.toThrow('no memory');
  });
});

describe('keepRunning', () => {
  it('starts again what has ended, until it is up', async () => {
    const back = Promise.withResolvers<void>();
    let up = false;
    let attempts = 0;
    const keeper = keepRunning({
      isUp: async () => {
        if (!up) throw new Error('down');
      },
      restart: async () => {
        attempts += 1;
        if (attempts < 3) throw new Error('not yet');
        up = true;
        back.resolve();
      },
      explain: String,
      lookMs: 1,
      pausesMs: [0, 1, 1],
    });
    await Promise.race([back.promise, keeper.lost]);
    keeper.dismiss();
    expect(attempts).toBe(3);
  });

  it('says so once and for all where it cannot', async () => {
    const down = async (): Promise<void> => {
      throw new Error('no');
    };
    const keeper = keepRunning({
      isUp: down,
      restart: down,
      explain: () => 'for a good reason',
      lookMs: 1,
      pausesMs: [0, 1],
    });
    await expect(keeper.lost).rejects.toThrow('The runtime ended and could not be started again: for a good reason');
  });
});
