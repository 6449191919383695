import { describe, expect, it } from 'vitest';
import { joined } from '../../../public/supervisor/bout/log.ts';
import { cellOf, isSamePerson, readPoints, shownRounds } from '../../../public/supervisor/bout/model/cards.ts';
import {
  isPunished,
  isStopped,
  pendingKnockdowns,
  standingFouls,
  toldOf,
} from '../../../public/supervisor/bout/model/knockdowns.ts';
import {
  type ClockAction,
  elapsedAt,
  isEarly,
  type Press,
  pressOf,
  timestampFor,
  withPresses,
} from '../../../public/supervisor/bout/model/presses.ts';
import {
  decodeDeskScorecards,
  decodeEvents,
  type DeskScorecards,
  type RoundEvent,
} from '../../../public/supervisor/bout/wire.ts';
import type { Ruling } from '../../../public/shared/wire/scorecards.ts';
import { groupOf, logWords, resultWords, rulingWords } from '../../../public/supervisor/bout/words.ts';
import { entryAt, viewAt } from './fixtures.ts';

const LENGTH_MS = 300_000;

function press(action: ClockAction, atMs: number, change: Partial<Press> = {}): Press {
  return { action, round: 1, atMs, elapsedMs: null, ...change };
}

/** In progress since 1,000,000. */
const view = viewAt(5);

describe('the clock with presses that are not confirmed', () => {
  it('is the bout’s own while there are none', () => {
    expect(withPresses(view, LENGTH_MS, [])).toMatchObject({ status: 'IN_PROGRESS', unconfirmed: false });
  });

  it('stands where it was stopped, goes on from there, and is over where it was ended', () => {
    const stopped = withPresses(view, LENGTH_MS, [press('pause', 1_060_000)]);
    expect(stopped).toMatchObject({
      status: 'PAUSED',
      unconfirmed: true,
      clock: { elapsed_ms: 60_000, running_since_ms: null },
    });
    const resumed = withPresses(view, LENGTH_MS, [press('pause', 1_060_000), press('resume', 1_090_000)]);
    expect(elapsedAt(resumed.clock, 1_091_000)).toBe(61_000);
    const ended = withPresses(view, LENGTH_MS, [press('pause', 1_060_000), press('end_round', 1_070_000)]);
    expect(ended).toMatchObject({ status: 'ENDED', clock: { elapsed_ms: 60_000 } });
  });

  it('starts the next round after an end', () => {
    const presses = [press('end_round', 1_300_000), press('start_round', 1_360_000, { round: 2 })];
    expect(withPresses(view, LENGTH_MS, presses)).toMatchObject({
      round: 2,
      status: 'IN_PROGRESS',
      clock: { round_id: 2, elapsed_ms: 0, running_since_ms: 1_360_000 },
    });
  });

  it('goes on from an adjustment, and one brings an ended round back, standing', () => {
    const moved = withPresses(view, LENGTH_MS, [press('adjust', 1_060_000, { elapsedMs: 50_000 })]);
    expect(elapsedAt(moved.clock, 1_061_000)).toBe(51_000);
    const back = [press('end_round', 1_060_000), press('adjust', 1_070_000, { elapsedMs: 40_000 })];
    expect(withPresses(view, LENGTH_MS, back)).toMatchObject({ status: 'PAUSED', clock: { elapsed_ms: 40_000 } });
  });

  it('does not change by what the server would refuse', () => {
    expect(withPresses(view, LENGTH_MS, [press('resume', 1_010_000)])).toMatchObject({ unconfirmed: false });
    expect(withPresses(view, LENGTH_MS, [press('start_round', 1_010_000)])).toMatchObject({ unconfirmed: false });
    // The time was up before.
    expect(withPresses(view, LENGTH_MS, [press('pause', 1_400_000)])).toMatchObject({ unconfirmed: false });
  });

  it('can be started where actions came before the bell, and nothing else can be done to it', () => {
    const early = withPresses(view, LENGTH_MS, [press('pause', 1_010_000), press('end_round', 1_020_000)], true);
    expect(early).toMatchObject({ status: 'IN_PROGRESS', unconfirmed: false, early: true });
    expect(withPresses(view, LENGTH_MS, [press('start_round', 1_030_000)], true)).toMatchObject({
      unconfirmed: true,
      early: false,
      clock: { elapsed_ms: 0, running_since_ms: 1_030_000 },
    });
  });

  it('runs by actions alone while its anchor is an action’s arrival and no bell was heard', () => {
    const running = { ...view, round_status: 'IN_PROGRESS' as const, clock: { ...view.clock, started: false } };
    expect(isEarly(running)).toBe(true);
    expect(isEarly({ ...running, clock: { ...running.clock, started: true } })).toBe(false);
    expect(isEarly({ ...running, round_status: 'NOT_STARTED' })).toBe(false);
  });

  it('is read out of the outbox, and nothing else is', () => {
    const body = { action: 'adjust', round_id: 2, elapsed_ms: 5_000 };
    expect(pressOf({ body, note: { at_ms: 7 } })).toEqual({ action: 'adjust', round: 2, atMs: 7, elapsedMs: 5_000 });
    expect(pressOf({ body: { kind: 'foul', round_id: 2 }, note: { at_ms: 7 } })).toBeNull();
    expect(pressOf({ body, note: {} })).toBeNull();
  });

  it('is stamped with the time that the server makes the right one', () => {
    expect(timestampFor(null, 1_000.4, 6_000.4)).toBe(6_000);
    expect(timestampFor('device_1', 1_000.4, 6_000.4)).toBe(1_000);
  });
});

const EVENT = {
  sequence_index: 3,
  event_id: 'kd_1',
  event_type: 'KD',
  fighter_id: 'fighter1',
  clock_ms: 1_000,
  metadata: { tier: 'Hard' },
  actor: { subject: 'operator_1', seat: null },
  voided: false,
};

function events(...list: readonly object[]): readonly RoundEvent[] {
  const read = decodeEvents({ round_id: 1, events: list });
  if (read === undefined) throw new Error('The fixture is no list of events.');
  return read.events;
}

const RULING: Ruling = {
  round_id: 1,
  sequence_index: 9,
  event_id: 'ruling_1',
  target_event_id: null,
  foul: null,
  time_ms: null,
  kind: 'foul',
  corner: 'red',
  intent: 'intentional',
  points: 0,
  method: null,
  rescinded: false,
  told: null,
};

describe('knockdowns that wait', () => {
  const rounds = [
    {
      round: 1,
      events: events(EVENT, { ...EVENT, event_id: 'kd_2', voided: true }, { ...EVENT, event_type: 'Jab' }),
    },
  ];

  it('are those that stand and nobody has ruled on', () => {
    expect(pendingKnockdowns(rounds, []).map(({ event }) => event.event_id)).toEqual(['kd_1']);
    const confirmed = { ...RULING, kind: 'knockdown', target_event_id: 'kd_1' };
    expect(pendingKnockdowns(rounds, [confirmed])).toEqual([]);
    expect(pendingKnockdowns(rounds, [{ ...confirmed, rescinded: true }])).toHaveLength(1);
  });
});

describe('the rulings', () => {
  it('say whether the bout is stopped, which fouls stand, and which cost points', () => {
    expect(isStopped([{ ...RULING, kind: 'stoppage' }])).toBe(true);
    expect(isStopped([{ ...RULING, kind: 'stoppage', rescinded: true }])).toBe(false);
    expect(standingFouls([RULING, { ...RULING, rescinded: true }, { ...RULING, event_id: null }])).toHaveLength(1);
    const taken = { ...RULING, kind: 'deduction', target_event_id: 'ruling_1' };
    expect(isPunished([taken], 'ruling_1')).toBe(true);
    expect(isPunished([{ ...taken, rescinded: true }], 'ruling_1')).toBe(false);
  });

  it('tell who of the panel has been told, without those who are absent', () => {
    const seats = [
      { judge_id: 'A', absent: false },
      { judge_id: 'B', absent: false },
      { judge_id: 'C', absent: true },
    ];
    expect(toldOf(9, [{ sequence_index: 9, judges: ['A'] }], seats)).toEqual({ told: ['A'], waiting: ['B'] });
    expect(toldOf(8, [], seats)).toEqual({ told: [], waiting: ['A', 'B'] });
    expect(toldOf(9, null, seats)).toBeNull();
  });

  it('stand in words with side and word', () => {
    const fouls = [{ id: 'groin', words: 'Attack on the groin' }];
    expect(rulingWords({ ...RULING, foul: 'groin' }, fouls)).toBe('Foul by Red: Attack on the groin, intentional');
    expect(rulingWords({ ...RULING, kind: 'deduction', corner: 'blue', points: 2 }, fouls)).toBe(
      '2 points taken from Blue',
    );
    const stopped = { ...RULING, kind: 'stoppage', method: 'TKO', time_ms: 83_000 };
    expect(rulingWords(stopped, fouls)).toBe('Technical knockout, Red wins, official time 1:23');
  });
});

const CARD = {
  round_id: 1,
  judge_name: 'Judge A',
  submitted: true,
  red: 10,
  blue: 9,
  sequence_index: 4,
  paper: false,
  earlier: [],
  deductions: { red: 0, blue: 0 },
};

function scorecards(change: object = {}): DeskScorecards {
  const read = decodeDeskScorecards({
    bout_id: 'bout_1',
    rules: { id: 'mma-unified-2017', from_a_newer_server: 1 },
    seats: [
      {
        judge_id: 'A',
        judge_name: 'Judge A',
        absent: false,
        rounds: [CARD],
        total: { red: 10, blue: 9 },
        signed: true,
      },
      {
        judge_id: 'B',
        judge_name: 'Judge B',
        absent: false,
        rounds: [{ ...CARD, submitted: false, red: null, blue: null }],
      },
      { judge_id: 'C', judge_name: 'Judge C', absent: true, rounds: [] },
    ],
    rulings: [],
    missing: [{ judge_id: 'B', round_id: 1 }],
    ...change,
  });
  if (read === undefined) throw new Error('The fixture is no answer about scorecards.');
  return read;
}

describe('the table of scorecards', () => {
  const cards = scorecards();

  it('says of each scorecard where it stands', () => {
    const states = cards.seats.map((seat) => cellOf(cards, seat, 1, true).state);
    expect(states).toEqual(['submitted', 'open', 'absent']);
    const waiting = scorecards({ missing: [{ judge_id: 'A', round_id: 2 }] });
    expect(waiting.seats.map((seat) => cellOf(waiting, seat, 2, true).state)).toEqual(['missing', 'none', 'absent']);
    expect(waiting.seats.map((seat) => cellOf(waiting, seat, 2, false).state)).toEqual(['waiting', 'none', 'absent']);
  });

  it('has every scheduled round, and any that has been opened beyond', () => {
    expect(shownRounds(cards, 1, 3)).toEqual([1, 2, 3]);
    expect(shownRounds(cards, 4, 3)).toEqual([1, 2, 3, 4]);
  });

  it('keeps silent about what this role is not told', () => {
    const referee = scorecards({ missing: undefined });
    expect(referee.missing).toBeNull();
    expect(referee.seats[1]?.signed).toBeNull();
    expect(referee.told).toBeNull();
  });

  it.each([
    ['10', 10],
    ['9,5', 9.5],
    [' 9.5 ', 9.5],
    ['11', null],
    ['9.4', null],
    ['', null],
    ['-1', null],
  ])('reads the points %j', (text, value) => expect(readPoints(text)).toBe(value));

  it('knows the same person in other letters', () => {
    expect(isSamePerson('Sam', 'sam')).toBe(true);
    expect(isSamePerson('sam', null)).toBe(false);
  });
});

describe('the bout log', () => {
  it('keeps what was heard beyond the feed, each entry once, and marks what was taken back', () => {
    const first = joined([], [entryAt(1), entryAt(2)]);
    const gone = entryAt(3, { kind: 'void', event_type: null, payload: { target_event_id: 'event_1' } });
    const after = joined(first, [entryAt(2), gone]);
    expect(after.map(({ sequence_index, voided }) => [sequence_index, voided])).toEqual([
      [1, true],
      [2, false],
      [3, false],
    ]);
  });

  it('marks a ruling that was rescinded', () => {
    const foul = entryAt(1, { kind: 'ruling', event_type: null, payload: { kind: 'foul' } });
    const rescind = entryAt(2, {
      kind: 'ruling',
      event_type: null,
      payload: { kind: 'rescind', target_event_id: 'event_1', note: 'misheard' },
    });
    expect(joined([foul], [rescind])[0]?.voided).toBe(true);
    expect(logWords(rescind, null)).toEqual({ title: 'Ruling rescinded', details: ['“misheard”'] });
  });

  it('puts every kind of entry into a group and into words', () => {
    const paper = entryAt(1, {
      kind: 'scorecard',
      event_type: null,
      payload: { type: 'paper_proposed', judge_id: 'A', reason: 'no power' },
    });
    expect(groupOf(paper)).toBe('scorecard');
    expect(logWords(paper, null)).toEqual({ title: 'Paper scorecard proposed', details: ['A', '“no power”'] });
    const lock = entryAt(2, {
      kind: 'config',
      event_type: null,
      payload: { type: 'lock_round', override_reason: 'slow' },
    });
    expect(groupOf(lock)).toBe('other');
    expect(logWords(lock, null)).toEqual({ title: 'Round locked', details: ['“slow”'] });
    const panel = (step: string) =>
      entryAt(3, { kind: 'config', event_type: null, payload: { type: 'panel', step, judge_id: 'A' } });
    expect(logWords(panel('proposed'), null).title).toBe('Change of the panel proposed');
    expect(logWords(panel('confirmed'), null).title).toBe('Change of the panel confirmed');
    expect(groupOf(entryAt(3, { kind: 'replace' }))).toBe('correction');
  });

  it('says a result in one line', () => {
    const result = { method: 'DEC', decision: 'SD', round_id: null, time_ms: null };
    expect(resultWords(result, 'Red Name')).toBe('Red Name: Decision, split');
    expect(resultWords({ method: 'KO', decision: null, round_id: 2, time_ms: 83_000 }, 'Blue Name')).toBe(
      'Blue Name: Knockout, round 2, 1:23',
    );
  });
});
