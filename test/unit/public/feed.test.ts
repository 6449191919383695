import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyDelta, applyHello, type Feed, FEED_LENGTH } from '../../../public/shared/live/feed.ts';
import type { WireEntry } from '../../../public/shared/wire/frames.ts';
import { deltaOf, entryAt, helloAt } from './fixtures.ts';

/** A ledger as its reader may see it: some entries are hidden, some take back an earlier one. */
const ledger = fc
  .array(fc.record({ hidden: fc.boolean(), takesBack: fc.option(fc.nat()) }), { minLength: 1, maxLength: 60 })
  .map((plans) =>
    plans.map((plan, index) =>
      plan.takesBack === null || index === 0
        ? { hidden: plan.hidden, entry: entryAt(index) }
        : {
            hidden: false,
            entry: entryAt(index, {
              kind: 'void',
              event_type: null,
              payload: { target_event_id: `event_${plan.takesBack % index}` },
            }),
          },
    ),
  );

type Ledger = readonly { readonly hidden: boolean; readonly entry: WireEntry }[];

/** What the server would send of entries `from` up to `to`, when the ledger has `to` entries. */
function visible(all: Ledger, from: number, to: number): WireEntry[] {
  return all
    .slice(from, to)
    .filter(({ hidden }) => !hidden)
    .map(({ entry }) => entry);
}

function snapshotAt(all: Ledger, to: number): Feed {
  return applyHello(null, helloAt(to, visible(all, 0, to).slice(-FEED_LENGTH)));
}

describe('the feed of a bout', () => {
  it('ends like a fresh snapshot, however deltas are cut, lost, repeated or broken off by a new hello', () => {
    fc.assert(
      fc.property(
        ledger,
        fc.array(
          fc.record({
            step: fc.integer({ min: 1, max: 7 }),
            fate: fc.constantFrom('arrives', 'arrives', 'lost', 'twice', 'hello', 'short hello'),
          }),
          { maxLength: 40 },
        ),
        (all, steps) => {
          let feed = snapshotAt(all, 1);
          let sent = 1;
          for (const { step, fate } of steps) {
            const to = Math.min(all.length, sent + step);
            if (fate === 'hello') feed = applyHello(feed, helloAt(to, visible(all, 0, to).slice(-FEED_LENGTH)));
            if (fate === 'short hello') feed = applyHello(feed, helloAt(to, visible(all, feed.cursor, to)));
            if (fate === 'arrives' || fate === 'twice') {
              for (let time = 0; time < (fate === 'twice' ? 2 : 1); time += 1) {
                const applied = applyDelta(feed, deltaOf(sent, to, visible(all, sent, to)));
                if (applied.outcome === 'applied') feed = applied.feed;
                if (applied.outcome === 'gap') {
                  const answer = applyDelta(feed, deltaOf(feed.cursor, to, visible(all, feed.cursor, to)));
                  if (answer.outcome === 'applied') feed = answer.feed;
                }
              }
            }
            sent = to;
          }
          const last = applyDelta(feed, deltaOf(feed.cursor, all.length, visible(all, feed.cursor, all.length)));
          if (last.outcome === 'applied') feed = last.feed;
          const fresh = snapshotAt(all, all.length);
          expect(feed.cursor).toBe(fresh.cursor);
          expect(feed.view).toEqual(fresh.view);
          expect(feed.entries).toEqual(fresh.entries);
        },
      ),
    );
  });

  it('does not apply a delta behind a gap, nor one that is known already', () => {
    const feed = applyHello(null, helloAt(5, [entryAt(4)]));
    expect(applyDelta(feed, deltaOf(6, 7, [entryAt(6)])).outcome).toBe('gap');
    expect(applyDelta(feed, deltaOf(3, 4, [entryAt(3)])).outcome).toBe('known');
  });

  it('takes a newer view at the same cursor: the clock has ended a round', () => {
    const feed = applyHello(null, helloAt(5, [entryAt(4)]));
    const later = { ...deltaOf(5, 5, []), view: { ...feed.view, server_ms: feed.view.server_ms + 1, round_id: 2 } };
    const applied = applyDelta(feed, later);
    expect(applied.outcome === 'applied' && applied.feed.view.round_id).toBe(2);
    const earlier = { ...later, view: { ...later.view, server_ms: feed.view.server_ms - 1 } };
    expect(applyDelta(feed, earlier).outcome).toBe('known');
  });

  it('strikes out what a void or a replacement takes back, also when both arrive at once', () => {
    const taken = entryAt(8, { kind: 'void', event_type: null, payload: { target_event_id: 'event_6' } });
    const replaced = entryAt(9, { kind: 'replace', replaces: 'event_7' });
    const feed = applyHello(null, helloAt(10, [entryAt(6), entryAt(7), taken, replaced]));
    expect(feed.entries.map((entry) => entry.voided)).toEqual([true, true, false, false]);
  });

  it('advances over hidden entries', () => {
    const feed = applyHello(null, helloAt(5, []));
    const applied = applyDelta(feed, deltaOf(5, 9, []));
    expect(applied.outcome === 'applied' && applied.feed.cursor).toBe(9);
  });

  it('forgets what it knew when the server has less, or another bout', () => {
    const feed = applyHello(null, helloAt(5, [entryAt(4)]));
    expect(applyHello(feed, helloAt(2, [entryAt(1)])).entries).toEqual([entryAt(1)]);
    expect(applyHello(feed, helloAt(8, [], 'bout_2')).entries).toEqual([]);
  });
});
