import { describe, expect, it } from 'vitest';
import { rulesOf, rulesToLeaf } from '../../../domain/rules/index.ts';
import { isToScore, ownCards, scorecardPath } from '../../../public/judge/cards.ts';
import { roundsToScore } from '../../../public/judge/rounds.ts';
import { type SignatureFacts, signatureOf } from '../../../public/judge/signature.ts';
import { toTell } from '../../../public/judge/told.ts';
import { sumOf } from '../../../public/judge/totals.ts';
import { lastTap, VOID } from '../../../public/judge/undo.ts';
import { keptFacts, type SeatFacts, seatFactsFor } from '../../../public/judge/wire.ts';
import type { OutboxItem } from '../../../public/shared/outbox/outbox.ts';
import type { WireEntry } from '../../../public/shared/wire/frames.ts';
import { entryAt, viewAt } from './fixtures.ts';

const SEAT = 'JUDGE001';
const NOTHING = { red: 0, blue: 0 };

function wireCard(round: number, red: number | null, blue: number | null, more: object = {}) {
  return {
    round_id: round,
    judge_name: 'Judge',
    submitted: red !== null,
    red,
    blue,
    sequence_index: round * 10,
    paper: false,
    earlier: [],
    deductions: NOTHING,
    ...more,
  };
}

function factsOf(
  rounds: readonly object[],
  more: object = {},
  ruleset = 'mma-unified',
  rulings: readonly object[] = [],
) {
  const rules = rulesOf(ruleset);
  const read = seatFactsFor(SEAT)({
    bout_id: 'bout_1',
    rules: rules === null ? {} : rulesToLeaf(rules),
    seats: [
      { judge_id: 'JUDGE002', judge_name: 'Other', absent: false, rounds: [wireCard(1, 8, 10)], signed: true },
      { judge_id: SEAT, judge_name: 'Judge', absent: false, rounds, ...more },
    ],
    rulings,
  });
  if (read === undefined) throw new Error('The fixture is no answer.');
  return read;
}

function itemOf(round: number, red: number, blue: number, more: Partial<OutboxItem> = {}): OutboxItem {
  return {
    eventId: `item_${round}_${red}_${blue}`,
    boutId: 'bout_1',
    kind: 'command',
    path: scorecardPath('bout_1'),
    body: { judge_id: SEAT, round_id: round, red, blue },
    note: { openings: 0 },
    seq: 0,
    atMs: 1,
    state: 'unsent',
    refusal: null,
    ...more,
  };
}

function cardEntry(index: number, round: number, payload: object): WireEntry {
  return entryAt(index, {
    kind: 'scorecard',
    round_id: round,
    event_type: null,
    fighter_id: null,
    judge_id: null,
    payload: { judge_id: SEAT, ...payload },
  });
}

function states(facts: SeatFacts | null, entries: readonly WireEntry[], items: readonly OutboxItem[]) {
  return ownCards(3, SEAT, facts, entries, items).map(({ state, score, former }) => [
    state,
    score === null ? null : `${score.redX10}-${score.blueX10}`,
    former === null ? null : `${former.redX10}-${former.blueX10}`,
  ]);
}

describe('the own scorecard', () => {
  it('is what the ledger says of the own seat, and survives being kept on the device', () => {
    const facts = factsOf([wireCard(1, 10, 9), wireCard(2, 9.5, 10)], { total: { red: 19.5, blue: 19 }, signed: true });
    expect(states(facts, [], [])).toEqual([
      ['submitted', '100-90', null],
      ['submitted', '95-100', null],
      ['missing', null, null],
    ]);
    expect(seatFactsFor(SEAT)(keptFacts(SEAT, facts))).toEqual(facts);
  });

  it('follows the entries that have come since', () => {
    const facts = factsOf([wireCard(1, 10, 9)]);
    const entries = [
      cardEntry(5, 1, { type: 'submitted', red_x10: 90, blue_x10: 100 }),
      cardEntry(11, 1, { type: 'reopened' }),
      cardEntry(12, 2, { type: 'submitted', red_x10: 100, blue_x10: 80 }),
      cardEntry(13, 3, { type: 'submitted', red_x10: 100, blue_x10: 80, judge_id: 'JUDGE002' }),
    ];
    expect(states(facts, entries, [])).toEqual([
      ['reopened', null, '100-90'],
      ['submitted', '100-80', null],
      ['missing', null, null],
    ]);
    // The answer that is asked for then says the same, and the entries are of the past.
    const earlier = [{ red: 10, blue: 9, sequence_index: 10, reopened_at: 11 }];
    const later = factsOf([wireCard(1, null, null, { earlier }), wireCard(2, 10, 8, { sequence_index: 12 })]);
    expect(states(later, entries, [])).toEqual(states(facts, entries, []));
  });

  it('lies on the device until the ledger has it, and what came before an opening is of the past', () => {
    expect(states(null, [], [itemOf(1, 10, 9)])[0]).toEqual(['waiting', '100-90', null]);
    expect(states(null, [], [itemOf(1, 10, 9, { state: 'sent' })])[0]).toEqual(['submitted', '100-90', null]);
    const earlier = [{ red: 10, blue: 9, sequence_index: 10, reopened_at: 11 }];
    const opened = factsOf([wireCard(1, null, null, { earlier })]);
    const before = itemOf(1, 10, 9, { state: 'sent' });
    expect(states(opened, [], [before])[0]).toEqual(['reopened', null, '100-90']);
    const after = itemOf(1, 10, 8, { note: { openings: 1 } });
    expect(states(opened, [], [before, after])[0]).toEqual(['waiting', '100-80', '100-90']);
  });

  it('that was refused is to be scored again; one that is on its way is not', () => {
    const refusal = { status: 409, code: 'conflict', detail: 'No.' };
    const [refused] = ownCards(1, SEAT, null, [], [itemOf(1, 10, 9, { state: 'refused', refusal })]);
    expect(refused).toMatchObject({ state: 'refused', refusal: 'No.' });
    expect(refused !== undefined && isToScore(refused)).toBe(true);
    const [waiting] = ownCards(1, SEAT, null, [], [itemOf(1, 10, 9)]);
    expect(waiting !== undefined && isToScore(waiting)).toBe(false);
  });
});

describe('the sum', () => {
  const cards = (facts: SeatFacts | null, items: readonly OutboxItem[] = []) => ownCards(3, SEAT, facts, [], items);

  it('has what the referee took subtracted, and never in the raw score', () => {
    const shown = cards(null, [itemOf(1, 10, 9), itemOf(2, 9, 10), itemOf(3, 10, 10)]);
    const deductions = [
      { round: 1, taken: { red: 10, blue: 0 } },
      { round: 3, taken: { red: 0, blue: 20 } },
    ];
    expect(sumOf(shown, deductions, null, 3)).toEqual({ total: { red: 280, blue: 270 }, partial: false });
    expect(shown[0]?.score).toEqual({ redX10: 100, blueX10: 90 });
  });

  it('is the ledger’s where it is of these very cards, and made here where it is not', () => {
    const total = { red: 10, blue: 9 };
    const facts = factsOf([wireCard(1, 10, 9), wireCard(2, 9, 10)], { total });
    const two = cards(facts).slice(0, 2);
    expect(sumOf(two, [], facts, 3)).toEqual({ total: { red: 100, blue: 90 }, partial: true });
    // A deduction that the answer does not know yet.
    const deductions = [{ round: 2, taken: { red: 10, blue: 0 } }];
    expect(sumOf(two, deductions, facts, 3)).toEqual({ total: { red: 180, blue: 190 }, partial: false });
  });

  it('is of the extension round alone where the rules say so', () => {
    const facts: SeatFacts = {
      ...factsOf([]),
      rules: { ...factsOf([]).rules, extension: { rounds: 1, decides: 'alone', evenAllowed: false } },
    };
    const shown = cards(facts, [itemOf(1, 10, 9), itemOf(2, 9, 10), itemOf(3, 10, 9)]);
    expect(sumOf(shown, [], facts, 2)).toEqual({ total: { red: 100, blue: 90 }, partial: true });
    expect(sumOf(shown, [], facts, 3)).toEqual({ total: { red: 290, blue: 280 }, partial: false });
  });
});

describe('the rounds to score', () => {
  const view = { ...viewAt(5), round_id: 2, round_status: 'IN_PROGRESS' as const };
  const stoppage = { kind: 'stoppage', round_id: 2, sequence_index: 9, corner: 'red', points: 0, rescinded: false };

  it('are those that are over, also by the clock alone', () => {
    expect(roundsToScore(view, [], 1)).toEqual([1]);
    expect(roundsToScore(view, [], 0)).toEqual([1, 2]);
  });

  it('leave out a round that a finish cut short', () => {
    const over = { ...view, round_status: 'ENDED' as const };
    const { rulings } = factsOf([], {}, 'mma-unified', [{ ...stoppage, method: 'KO' }]);
    expect(roundsToScore(over, rulings, 0)).toEqual([1]);
    const byFoul = factsOf([], {}, 'mma-unified', [{ ...stoppage, method: null }]);
    expect(roundsToScore(over, byFoul.rulings, 0)).toEqual([1, 2]);
    const taken = factsOf([], {}, 'mma-unified', [{ ...stoppage, method: 'KO', rescinded: true }]);
    expect(roundsToScore(over, taken.rulings, 0)).toEqual([1, 2]);
  });
});

describe('deductions', () => {
  const { bout } = viewAt(1);
  const ruling = (index: number, payload: object): WireEntry =>
    entryAt(index, {
      kind: 'ruling',
      round_id: 2,
      event_type: null,
      fighter_id: null,
      judge_id: null,
      payload: { ...payload },
    });
  const deduction = ruling(7, { kind: 'deduction', fighter_id: 'fighter2', points_x10: 10, foul: 'low blow' });

  it('are told until they are acknowledged, here or elsewhere, or taken back', () => {
    expect(toTell(bout, SEAT, [], [deduction], [])).toEqual([
      { eventId: 'event_7', round: 2, corner: 'blue', pointsX10: 10, foul: 'low blow' },
    ]);
    const target = { target_event_id: 'event_7' };
    const gone = [ruling(8, { kind: 'told', judge_id: SEAT, ...target }), ruling(8, { kind: 'rescind', ...target })];
    for (const entry of gone) expect(toTell(bout, SEAT, [], [deduction, entry], [])).toEqual([]);
    const others = ruling(8, { kind: 'told', judge_id: 'JUDGE002', ...target });
    expect(toTell(bout, SEAT, [], [deduction, others], [])).toHaveLength(1);
    const sent = itemOf(1, 0, 0, { path: '/api/bouts/bout_1/rulings/acknowledge', body: { ...target } });
    expect(toTell(bout, SEAT, [], [deduction], [sent])).toEqual([]);
    expect(toTell(bout, SEAT, [], [deduction], [{ ...sent, state: 'refused' }])).toHaveLength(1);
  });

  it('are known from the ledger’s answer when their entry has left the feed', () => {
    const known = {
      round_id: 1,
      sequence_index: 4,
      event_id: 'event_4',
      kind: 'deduction',
      corner: 'red',
      points: 1,
      rescinded: false,
    };
    const { rulings } = factsOf([], {}, 'mma-unified', [known, { ...known, event_id: 'event_5', told: true }]);
    expect(toTell(bout, SEAT, rulings, [], []).map(({ eventId }) => eventId)).toEqual(['event_4']);
  });
});

describe('the undo', () => {
  const { bout } = viewAt(1);
  const tap = (eventId: string, more: Partial<OutboxItem> = {}): OutboxItem =>
    itemOf(1, 0, 0, {
      eventId,
      kind: 'action',
      path: '',
      body: { round_id: 1, judge_id: SEAT, fighter_id: 'fighter2', event_type: 'KD' },
      ...more,
    });
  const entry = entryAt(3, { judge_id: SEAT });

  it('is of the newest own action that stands, one after the other', () => {
    expect(lastTap(bout, SEAT, 1, [entry], [])).toEqual({ eventId: 'event_3', eventType: 'Jab', corner: 'red' });
    expect(lastTap(bout, SEAT, 1, [entry], [tap('own')])).toEqual({ eventId: 'own', eventType: 'KD', corner: 'blue' });
    const undone = itemOf(1, 0, 0, { path: VOID, body: { target_event_id: 'own' } });
    expect(lastTap(bout, SEAT, 1, [entry], [tap('own'), undone])?.eventId).toBe('event_3');
  });

  it('is of no other seat, round or bout, and of nothing that was taken back or refused', () => {
    expect(lastTap(bout, SEAT, 1, [entryAt(3), { ...entry, voided: true }, { ...entry, round_id: 2 }], [])).toBeNull();
    expect(lastTap(bout, SEAT, 1, [], [tap('a', { state: 'refused' }), tap('b', { boutId: 'other' })])).toBeNull();
  });
});

describe('the signature', () => {
  const path = '/scorecards/sign';
  const facts: SignatureFacts = {
    seat: SEAT,
    distanceOver: true,
    complete: true,
    total: { red: 290, blue: 280 },
    openings: 0,
    signedInLedger: false,
  };
  const signing = itemOf(0, 0, 0, { path: `/api/bouts/bout_1${path}`, body: { judge_id: SEAT, red: 29, blue: 28 } });

  it('is due when every round is over and scored', () => {
    expect(signatureOf({ ...facts, distanceOver: false }, [], [], path)).toEqual({ state: 'early' });
    expect(signatureOf({ ...facts, complete: false }, [], [], path)).toEqual({ state: 'missing' });
    expect(signatureOf(facts, [], [], path)).toEqual({ state: 'due' });
  });

  it('waits on the device, and is given when the ledger or its answer says so', () => {
    expect(signatureOf(facts, [signing], [], path)).toEqual({ state: 'waiting' });
    expect(signatureOf(facts, [{ ...signing, state: 'sent' }], [], path)).toEqual({ state: 'signed' });
    expect(signatureOf({ ...facts, signedInLedger: true }, [], [], path)).toEqual({ state: 'signed' });
    const refusal = { status: 409, code: 'conflict', detail: 'No.' };
    const refused: OutboxItem = { ...signing, state: 'refused', refusal };
    expect(signatureOf(facts, [refused], [], path)).toEqual({ state: 'refused', detail: 'No.' });
  });

  it('is needed again under another total, or after a round was opened', () => {
    const sent: OutboxItem = { ...signing, state: 'sent' };
    expect(signatureOf({ ...facts, total: { red: 280, blue: 280 } }, [sent], [], path)).toEqual({ state: 'again' });
    expect(signatureOf({ ...facts, openings: 1 }, [sent], [], path)).toEqual({ state: 'again' });
    expect(signatureOf(facts, [], [cardEntry(9, 3, { type: 'signed' })], path)).toEqual({ state: 'again' });
  });
});
