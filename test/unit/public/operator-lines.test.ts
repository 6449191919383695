import { describe, expect, it } from 'vitest';
import type { Corner } from '../../../domain/corner.ts';
import { lastOwn, type LineContext, linesOf, stands, VOID_PATH } from '../../../public/operator/lines.ts';
import { recordWith, type RoundRecord } from '../../../public/operator/record.ts';
import type { OutboxItem } from '../../../public/shared/outbox/outbox.ts';
import type { WireEntry } from '../../../public/shared/wire/frames.ts';
import { entryAt, viewAt } from './fixtures.ts';

const CONTEXT: LineContext = {
  boutId: 'bout_1',
  roundId: 1,
  subject: 'operator_1',
  cornerOf: (id): Corner | null => (id === 'fighter1' ? 'red' : id === 'fighter2' ? 'blue' : null),
};

function tap(eventId: string, type: string, more: Partial<OutboxItem> = {}): OutboxItem {
  return {
    eventId,
    boutId: 'bout_1',
    kind: 'action',
    path: '',
    body: { round_id: 1, fighter_id: 'fighter1', event_type: type, metadata: { significant: true } },
    note: { clock_ms: 7_000 },
    seq: 1,
    atMs: 0,
    state: 'unsent',
    refusal: null,
    ...more,
  };
}

function correction(eventId: string, target: string, more: object = {}, rest: Partial<OutboxItem> = {}): OutboxItem {
  const body = { bout_id: 'bout_1', target_event_id: target, ...more };
  return tap(eventId, '', { kind: 'command', path: VOID_PATH, body, note: {}, ...rest });
}

const REFUSED = { state: 'refused', refusal: { status: 409, code: 'conflict', detail: 'Round 1 is locked.' } } as const;

describe('the list of last actions', () => {
  it('shows what waits above what is recorded, newest first, and each once', () => {
    const record = [
      entryAt(3),
      entryAt(4, { actor: { subject: 'other', role: 'operator', seat: null, device: null } }),
    ];
    const items = [tap('event_3', 'Jab', { state: 'sent' }), tap('a', 'Cross'), tap('b', 'Hook')];
    const lines = linesOf(record, items, CONTEXT);
    expect(lines.map(({ eventId, state, own }) => [eventId, state, own])).toEqual([
      ['b', 'unsent', true],
      ['a', 'unsent', true],
      ['event_4', 'recorded', false],
      ['event_3', 'recorded', true],
    ]);
    expect(lines[0]).toMatchObject({
      corner: 'red',
      clockMs: 7_000,
      eventType: 'Hook',
      metadata: { significant: true },
    });
  });

  it('leaves out other rounds and other bouts', () => {
    const items = [tap('a', 'Jab', { boutId: 'bout_2' }), tap('b', 'Jab', { body: { round_id: 2 } })];
    expect(linesOf([entryAt(1, { round_id: 2 })], items, CONTEXT)).toEqual([]);
  });

  it('shows a refusal with its reason, and does not count on it', () => {
    const [line] = linesOf([], [tap('a', 'Jab', REFUSED)], CONTEXT);
    expect(line).toMatchObject({ state: 'refused', refusal: 'Round 1 is locked.' });
    expect(line !== undefined && stands(line)).toBe(false);
  });

  it('strikes out what an undo takes back, also before the server has heard of either', () => {
    const lines = linesOf([entryAt(1)], [tap('a', 'Cross'), correction('v', 'a'), correction('w', 'event_1')], CONTEXT);
    expect(lines.map(({ eventId, voided }) => [eventId, voided])).toEqual([
      ['a', true],
      ['event_1', true],
    ]);
  });

  it('keeps standing what the server refused to take back, and says why', () => {
    const [line] = linesOf([entryAt(1)], [correction('v', 'event_1', {}, REFUSED)], CONTEXT);
    expect(line).toMatchObject({ voided: false, refusedCorrection: { eventId: 'v', detail: 'Round 1 is locked.' } });
  });

  it('puts a replacement where its original stood, with what it was', () => {
    const replacement = { replacement: { event_type: 'Hook', fighter_id: 'fighter2', metadata: { target: 'head' } } };
    const items = [tap('a', 'Cross'), correction('r', 'event_1', replacement)];
    expect(linesOf([entryAt(1), entryAt(2)], items, CONTEXT).map(({ eventId }) => eventId)).toEqual([
      'a',
      'event_2',
      'r',
    ]);
    expect(linesOf([entryAt(1), entryAt(2)], items, CONTEXT)[2]).toMatchObject({
      eventType: 'Hook',
      corner: 'blue',
      clockMs: 1_000,
      state: 'unsent',
      was: { eventType: 'Jab', corner: 'red' },
      order: 1,
    });
  });

  it('is the same once the record has the replacement, and through a chain of them', () => {
    const replaced = (index: number, replaces: string, type: string): WireEntry =>
      entryAt(index, { kind: 'replace', replaces, event_type: type, clock_ms: 1_000 });
    const record = [
      entryAt(1, { voided: true }),
      entryAt(2),
      { ...replaced(3, 'event_1', 'Hook'), voided: true },
      replaced(4, 'event_3', 'Elbow'),
    ];
    // The queue still knows the tap and both corrections.
    const items = [
      tap('event_1', 'Jab', { state: 'sent' }),
      correction('event_3', 'event_1', { replacement: { event_type: 'Hook' } }, { state: 'sent' }),
      correction('event_4', 'event_3', { replacement: { event_type: 'Elbow' } }, { state: 'sent' }),
    ];
    for (const queue of [[], items]) {
      const lines = linesOf(record, queue, CONTEXT);
      expect(lines.map(({ eventId }) => eventId)).toEqual(['event_2', 'event_4']);
      expect(lines[1]).toMatchObject({ eventType: 'Elbow', was: { eventType: 'Jab' }, voided: false });
    }
  });

  it('gives the newest own line that stands to the next undo, and goes on from there', () => {
    const other = { actor: { subject: 'other', role: 'operator', seat: null, device: null } };
    const lines = linesOf([entryAt(1), entryAt(2), entryAt(3, { voided: true }), entryAt(4, other)], [], CONTEXT);
    expect(lastOwn(lines, new Set())?.eventId).toBe('event_2');
    expect(lastOwn(lines, new Set(['event_2']))?.eventId).toBe('event_1');
    expect(lastOwn(lines, new Set(['event_1', 'event_2']))).toBeNull();
  });
});

describe('the record of a round', () => {
  const record: RoundRecord = { boutId: 'bout_1', roundId: 1, cursor: 3, entries: [entryAt(1), entryAt(2)] };
  const feedOf = (cursor: number, entries: readonly WireEntry[]) => ({ cursor, view: viewAt(cursor), entries });

  it('grows by what the feed brings, and by nothing of other rounds', () => {
    const feed = feedOf(6, [entryAt(2), entryAt(3), entryAt(4, { kind: 'clock' }), entryAt(5, { round_id: 2 })]);
    const grown = recordWith(record, feed);
    expect(grown?.cursor).toBe(6);
    expect(grown?.entries.map(({ sequence_index }) => sequence_index)).toEqual([1, 2, 3]);
  });

  it('marks what is taken back far behind the feed’s own end', () => {
    const taken = entryAt(4, { kind: 'void', event_type: null, payload: { target_event_id: 'event_1' } });
    expect(recordWith(record, feedOf(5, [taken]))?.entries.map(({ voided }) => voided)).toEqual([true, false]);
    const put = entryAt(4, { kind: 'replace', replaces: 'event_2' });
    expect(recordWith(record, feedOf(5, [put]))?.entries.map(({ voided }) => voided)).toEqual([false, true, false]);
  });

  it('stays as it is where there is nothing new', () => {
    expect(recordWith(record, feedOf(3, [entryAt(1), entryAt(2)]))).toBe(record);
    expect(recordWith(record, feedOf(2, [entryAt(1)]))).toBe(record);
  });

  it('has to be read again after a gap, and after a ruling', () => {
    const many = Array.from({ length: 20 }, (_, at) => entryAt(10 + at));
    expect(recordWith(record, feedOf(30, many))).toBeNull();
    const joined = Array.from({ length: 20 }, (_, at) => entryAt(3 + at));
    expect(recordWith(record, feedOf(23, joined))?.entries).toHaveLength(22);
    expect(recordWith(record, feedOf(4, [entryAt(3, { kind: 'ruling' })]))).toBeNull();
  });
});
