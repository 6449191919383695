import { describe, expect, it } from 'vitest';
import { everyMinute } from '../../../cli/server/every-minute.ts';

describe('the look of every minute on a server of one’s own', () => {
  it('goes on after failures, of which it tells the first of a row', async () => {
    const outcomes = ['fails', 'fails', 'works', 'fails', 'works'];
    const lines: string[] = [];
    let calls = 0;
    const done = Promise.withResolvers<void>();
    const metronome = everyMinute(
      async () => {
        const outcome = outcomes[calls];
        calls += 1;
        if (calls === outcomes.length) done.resolve();
        if (outcome === 'fails') throw new Error(`no answer\nat somewhere`);
      },
      (line) => lines.push(line),
      1,
    );
    await done.promise;
    metronome.stop();
    expect(lines).toEqual(['The look of every minute failed: no answer', 'The look of every minute failed: no answer']);
  });

  it('says nothing of a look that the end of the server cut short', async () => {
    const lines: string[] = [];
    const begun = Promise.withResolvers<void>();
    const ended = Promise.withResolvers<void>();
    const metronome = everyMinute(
      async (signal) => {
        begun.resolve();
        await new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(new Error('cut short')));
        }).finally(ended.resolve);
      },
      (line) => lines.push(line),
      1,
    );
    await begun.promise;
    metronome.stop();
    await ended.promise;
    await Promise.resolve();
    expect(lines).toEqual([]);
  });
});
