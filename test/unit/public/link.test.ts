import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoffMs, LONGEST_MS } from '../../../public/shared/live/backoff.ts';
import { connectionOf, type Link, type LinkEvent, newLink, stepLink } from '../../../public/shared/live/link.ts';

function after(events: readonly (readonly [LinkEvent, number])[], online = true): Link {
  return events.reduce((link, [event, atMs]) => stepLink(link, event, atMs, 0.5).link, newLink(online));
}

const LIVE: readonly (readonly [LinkEvent, number])[] = [
  ['start', 0],
  ['hello', 100],
];

describe('the link', () => {
  it('says connecting, live, reconnecting since when, and live again', () => {
    expect(connectionOf(after([['start', 0]]))).toEqual({ state: 'connecting' });
    expect(connectionOf(after(LIVE))).toEqual({ state: 'live' });
    const lost = after([...LIVE, ['closed', 5_000], ['retry', 5_200], ['closed', 5_300]]);
    expect(connectionOf(lost)).toEqual({ state: 'reconnecting', sinceMs: 5_000 });
    const back = stepLink(stepLink(lost, 'retry', 6_000, 0).link, 'hello', 6_100, 0).link;
    expect(connectionOf(back)).toEqual({ state: 'live' });
    expect(back.failures).toBe(0);
  });

  it('says offline when the network is gone and nothing is heard, and live while it is heard', () => {
    const doubtful = after([...LIVE, ['offline', 1_000]]);
    expect(connectionOf(doubtful)).toEqual({ state: 'live' });
    const lost = stepLink(doubtful, 'tick', 3_100, 0).link;
    expect(connectionOf(lost)).toEqual({ state: 'offline', sinceMs: 3_100 });
  });

  it('notices a stalled connection within 10 s', () => {
    let link = after(LIVE);
    let noticed: number | null = null;
    for (let now = 600; now < 20_000 && noticed === null; now += 500) {
      link = stepLink(link, 'tick', now, 0).link;
      if (link.phase !== 'live') noticed = now;
    }
    expect(noticed).not.toBeNull();
    expect((noticed ?? Infinity) - 100).toBeLessThanOrEqual(10_000);
  });

  it('keeps a connection whose timers slept, if its pings were answered', () => {
    const asleep = after([...LIVE, ['tick', 4_200], ['heard', 4_250]]);
    const woken = stepLink(asleep, 'tick', 64_250, 0);
    expect(woken.link.phase).toBe('live');
    expect(woken.effects).toEqual(['ping']);
  });

  it('connects at once when the network is back or the page is looked at', () => {
    for (const event of ['online', 'visible'] as const) {
      const waiting = after([...LIVE, ['closed', 1_000]]);
      expect(stepLink(waiting, event, 1_001, 0).effects).toEqual(['open']);
      expect(stepLink(after(LIVE), event, 1_001, 0).effects).toEqual(['ping']);
    }
  });

  it('asks why only after a failed handshake, and stays refused until started anew', () => {
    expect(stepLink(after([['start', 0]]), 'closed', 10, 0).effects).toContain('probe');
    expect(stepLink(after(LIVE), 'closed', 200, 0).effects).not.toContain('probe');
    const refused = after([
      ['start', 0],
      ['closed', 10],
      ['refused', 20],
    ]);
    expect(connectionOf(refused)).toEqual({ state: 'refused' });
    for (const event of ['retry', 'online', 'visible', 'tick', 'closed', 'hello'] as const) {
      expect(stepLink(refused, event, 100, 0).link.phase).toBe('refused');
    }
    expect(stepLink(refused, 'start', 200, 0).effects).toEqual(['open']);
  });

  it('never gets stuck: whatever happens, it is live, trying, waiting with a timer, refused or stopped', () => {
    const events = fc.constantFrom<LinkEvent>(
      'closed',
      'hello',
      'heard',
      'tick',
      'online',
      'offline',
      'visible',
      'retry',
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(events, fc.integer({ min: 0, max: 20_000 })), { maxLength: 60 }), (plan) => {
        let now = 0;
        let step = stepLink(newLink(true), 'start', now, 0.5);
        let timer = false;
        let stuck = false;
        for (const [event, wait] of plan) {
          now += wait;
          if (event === 'retry' && !timer) continue;
          step = stepLink(step.link, event, now, 0.5);
          // The shell clears its timer whenever it opens or closes a socket.
          if (event === 'retry' || step.effects.includes('open') || step.effects.includes('close')) timer = false;
          if (step.effects.some((effect) => typeof effect === 'object')) timer = true;
          if (step.link.phase === 'waiting' && !timer) stuck = true;
        }
        expect(stuck).toBe(false);
      }),
    );
  });
});

describe('the wait between attempts', () => {
  it('grows, is spread by chance and never exceeds its limit', () => {
    expect(backoffMs(1, 0)).toBe(125);
    expect(backoffMs(1, 1)).toBe(250);
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (failures, chance) => {
          const wait = backoffMs(failures, chance);
          expect(wait).toBeGreaterThan(0);
          expect(wait).toBeLessThanOrEqual(LONGEST_MS);
          expect(backoffMs(failures + 1, chance)).toBeGreaterThanOrEqual(wait);
        },
      ),
    );
  });
});
