import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_BATCH, nextParcel, type OutboxItem, upToDate } from '../../../../public/shared/outbox/items.ts';
import { momentAfter } from '../../../../public/shared/outbox/stamp.ts';

function item(eventId: string, change: Partial<OutboxItem> = {}): OutboxItem {
  return {
    eventId,
    boutId: 'bout_1',
    kind: 'action',
    path: '',
    body: {},
    note: {},
    seq: 1,
    atMs: 0,
    state: 'unsent',
    refusal: null,
    ...change,
  };
}

const ids = (parcel: readonly OutboxItem[]): readonly string[] => parcel.map(({ eventId }) => eventId);

describe('what goes out next', () => {
  it('is a run of actions of one bout, up to the first command', () => {
    const undo = item('c', { kind: 'command' });
    expect(ids(nextParcel([item('a'), item('b'), undo, item('d')]))).toEqual(['a', 'b']);
    expect(ids(nextParcel([undo, item('d')]))).toEqual(['c']);
    expect(ids(nextParcel([item('a'), item('b', { boutId: 'bout_2' })]))).toEqual(['a']);
    expect(nextParcel([])).toEqual([]);
  });

  it('passes over what has been sent or refused', () => {
    const sent = item('a', { state: 'sent' });
    const refused = item('b', { state: 'refused' });
    expect(ids(nextParcel([sent, refused, item('c')]))).toEqual(['c']);
    expect(nextParcel([sent, refused])).toEqual([]);
  });

  it('is never larger than a batch may be', () => {
    const many = Array.from({ length: MAX_BATCH + 7 }, (_, index) => item(`event_${index}`));
    expect(nextParcel(many)).toHaveLength(MAX_BATCH);
  });

  it('empties any queue in the order in which it was filled', () => {
    const queues = fc.array(
      fc.record({ kind: fc.constantFrom('action', 'command'), boutId: fc.constantFrom('bout_1', 'bout_2') }),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(queues, (drafts) => {
        let queue: readonly OutboxItem[] = drafts.map((draft, index) => item(`event_${index}`, draft));
        const order: string[] = [];
        for (let parcel = nextParcel(queue); parcel.length > 0; parcel = nextParcel(queue)) {
          order.push(...ids(parcel));
          queue = queue.map((one) => (parcel.includes(one) ? { ...one, state: 'sent' } : one));
        }
        expect(order).toEqual(drafts.map((_, index) => `event_${index}`));
      }),
    );
  });
});

describe('a queue that another tab has changed', () => {
  const NONE: ReadonlySet<string> = new Set();
  const REFUSED = { state: 'refused', refusal: { status: 409, code: 'conflict', detail: 'Locked.' } } as const;
  const states = (items: readonly OutboxItem[]): readonly string[] =>
    items.map(({ eventId, state }) => `${eventId} ${state}`);

  it('keeps the order of the device, whatever the clocks of the tabs said: no undo overtakes its tap', () => {
    const tap = item('tap', { atMs: 9_000 });
    const undo = item('undo', { kind: 'command', atMs: 1_000 });
    const later = item('later', { atMs: 500 });
    const now = upToDate([tap], [tap], [tap, undo, later], NONE);
    expect(ids(now)).toEqual(['tap', 'undo', 'later']);
    expect(ids(nextParcel(now))).toEqual(['tap']);
  });

  it('takes for sent what is gone from the device, and never what a person has put away as refused', () => {
    const gone = item('gone');
    const refused = item('refused', REFUSED);
    expect(states(upToDate([gone, refused], [gone, refused], [], NONE))).toEqual(['gone sent']);
    // Refused and put away before this tab had time to look: it was never sent.
    expect(states(upToDate([gone], [gone], [], new Set(['gone'])))).toEqual([]);
    expect(states(upToDate([], [], [refused], new Set(['refused'])))).toEqual([]);
  });

  it('keeps what was put in here while the device was read, and what was answered meanwhile', () => {
    const old = item('old');
    const fresh = item('fresh');
    const sent = item('sent', { state: 'sent' });
    const stored = [old, item('sent')];
    expect(states(upToDate([old, item('sent')], [old, sent, fresh], stored, NONE))).toEqual([
      'old unsent',
      'sent sent',
      'fresh unsent',
    ]);
    expect(states(upToDate([old], [old], [item('old', REFUSED)], NONE))).toEqual(['old refused']);
  });
});

describe('the moment of a tap', () => {
  it('is never in the same ten milliseconds as the one before, and otherwise the moment itself', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 40, noNaN: true }), { maxLength: 60 }), (gaps) => {
        let now = 1_700_000_000_000;
        let last = 0;
        for (const gap of gaps) {
          now += gap;
          const moment = momentAfter(last, now);
          expect(Math.floor(moment / 10)).toBeGreaterThan(Math.floor(last / 10));
          if (gap >= 20 && last <= now - gap + 0.5) expect(moment).toBe(Math.round(now));
          last = moment;
        }
      }),
    );
  });

  it('is never shared, also where a whole queue comes faster than ten milliseconds', () => {
    let last = 0;
    const tens = Array.from({ length: 2_000 }, (_, at) => {
      last = momentAfter(last, 1_700_000_000_000 + at * 6);
      return Math.floor(last / 10);
    });
    expect(new Set(tens).size).toBe(2_000);
  });
});
