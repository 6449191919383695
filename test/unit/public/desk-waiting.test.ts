import { describe, expect, it } from 'vitest';
import { awaitsConfirmation, isOfficial, unfoughtRounds } from '../../../public/supervisor/bout/model/waiting.ts';
import type { Result, View } from '../../../public/shared/wire/frames.ts';
import type { RoundCard } from '../../../public/shared/wire/scorecards.ts';
import { officialWords } from '../../../public/supervisor/night/result.ts';
import { viewAt } from './fixtures.ts';

const view = viewAt(5);

function withRounds(...statuses: readonly View['round_status'][]): View {
  const [round] = view.rounds;
  if (round === undefined) throw new Error('The fixture has no round.');
  return { ...view, rounds: statuses.map((status, i) => ({ ...round, round_id: i + 1, status })) };
}

function card(round_id: number, submitted = true): RoundCard {
  const points = submitted ? { red: 10, blue: 9 } : { red: null, blue: null };
  return {
    round_id,
    judge_name: 'Judge',
    submitted,
    ...points,
    sequence_index: 1,
    paper: false,
    earlier: [],
    deductions: { red: 0, blue: 0 },
  };
}

describe('rounds still to come', () => {
  it.each<[string, View, readonly number[]]>([
    ['before the first bell', withRounds('NOT_STARTED'), [1, 2, 3]],
    ['while the first is on', withRounds('IN_PROGRESS'), [2, 3]],
    ['after it', withRounds('ENDED'), [2, 3]],
    ['before the third', withRounds('LOCKED', 'ENDED', 'NOT_STARTED'), [3]],
    ['in the last', withRounds('LOCKED', 'LOCKED', 'PAUSED'), []],
    ['in an extension', withRounds('LOCKED', 'LOCKED', 'LOCKED', 'IN_PROGRESS'), []],
  ])('%s', (_, now, rounds) => expect(unfoughtRounds(now, [], false)).toEqual(rounds));

  it('are none once the referee has stopped the bout', () => {
    expect(unfoughtRounds(withRounds('ENDED'), [], true)).toEqual([]);
  });

  it('are told by the scorecards where nobody times or counts', () => {
    const seats = [{ rounds: [card(1), card(2)] }, { rounds: [card(1), card(3, false)] }];
    expect(unfoughtRounds(withRounds('NOT_STARTED'), seats, false)).toEqual([3]);
    // A scorecard that came before its round was fought makes no round fought.
    expect(unfoughtRounds(withRounds('ENDED', 'NOT_STARTED'), seats, false)).toEqual([2, 3]);
  });
});

describe('a result that waits', () => {
  const pending: Result = {
    status: 'pending',
    winner: 'Red Name',
    winner_corner: 'red',
    method: 'DEC',
    decision: 'UD',
    round_id: null,
    time_ms: null,
    proposed_by: 'Sue',
    proposal_index: 9,
  };

  it('is for everybody to confirm but for who put it forward', () => {
    expect(awaitsConfirmation({ result: pending }, 'tom')).toBe(true);
    expect(awaitsConfirmation({ result: pending }, 'sue')).toBe(false);
    expect(awaitsConfirmation({ result: pending }, null)).toBe(false);
    expect(awaitsConfirmation({ result: { ...pending, status: 'official' } }, 'tom')).toBe(false);
    expect(awaitsConfirmation({ result: null }, 'tom')).toBe(false);
    expect(awaitsConfirmation(null, 'tom')).toBe(false);
  });

  it('closes nothing before it is official', () => {
    expect([null, { result: null }, { result: pending }].map(isOfficial)).toEqual([false, false, false]);
    expect(isOfficial({ result: { ...pending, status: 'official' } })).toBe(true);
  });
});

describe('a bout that is over, in the list of the night', () => {
  const said = (winner: string | null, method: string, decision: string | null = null) =>
    officialWords({ result: { status: 'official', winner, method, decision } });

  it('says who won and how', () => {
    expect(said('Red Fighter', 'DEC', 'SD')).toBe('Red Fighter, decision (split)');
    expect(said('Blue Fighter', 'TKO')).toBe('Blue Fighter, technical knockout');
    expect(said('Blue Fighter', 'FORFEIT')).toBe('Blue Fighter, forfeit');
    expect(said('Draw', 'DRAW', 'D-M')).toBe('Draw (majority)');
    expect(said('No Contest', 'NC')).toBe('No contest');
    expect(said(null, 'XYZ', 'new')).toBe('XYZ (new)');
  });

  it('says nothing before the result is official', () => {
    expect(officialWords({ result: null })).toBeNull();
    expect(officialWords({ result: { status: 'pending', winner: 'Red', method: 'KO', decision: null } })).toBeNull();
  });
});
