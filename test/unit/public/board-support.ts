import { decodeScorecards, type Scorecards } from '../../../public/shared/wire/scorecards.ts';
import { decodeView, type View } from '../../../public/shared/wire/frames.ts';

/** A bout in its first round, as the wire says it, with what a test wants otherwise. */
export function viewWith(more: object = {}): View {
  const view = decodeView({
    cursor: 5,
    server_ms: 1_000_000,
    bout: {
      bout_id: 'bout_1',
      card_id: null,
      promotion: 'Promotion',
      event: 'Night',
      date: '2026-11-21',
      sport: 'mma',
      ruleset: 'mma-unified-2017',
      scheduled_rounds: 3,
      round_length_s: 300,
      fighter1: { id: 'f_red', name: 'Red Fighter' },
      fighter2: { id: 'f_blue', name: 'Blue Fighter' },
      judges: [
        { judge_id: 'J1', judge_name: 'One' },
        { judge_id: 'J2', judge_name: 'Two' },
        { judge_id: 'J3', judge_name: 'Three' },
      ],
    },
    round_id: 1,
    round_status: 'IN_PROGRESS',
    clock: { round_id: 1, length_ms: 300_000, elapsed_ms: 0, running_since_ms: 990_000 },
    red_totals: null,
    blue_totals: null,
    rounds: [],
    redline_moments: [],
    result: null,
    ...more,
  });
  if (view === undefined) throw new Error('The view of the test is none.');
  return view;
}

type Score = readonly [red: number, blue: number] | 'open' | null;

/** The scorecards of one round by seat: null where the seat's is not shown. */
export function cardsOf(
  scores: readonly Score[],
  more: { deductions?: object; absent?: readonly number[] } = {},
): Scorecards {
  const cards = decodeScorecards({
    bout_id: 'bout_1',
    rules: {},
    seats: scores.map((score, i) => ({
      judge_id: `J${i + 1}`,
      judge_name: `Judge ${i + 1}`,
      absent: more.absent?.includes(i) ?? false,
      rounds:
        score === null
          ? []
          : [
              {
                round_id: 1,
                judge_name: `Judge ${i + 1}`,
                sequence_index: 10 + i,
                paper: false,
                earlier: [],
                submitted: score !== 'open',
                red: score === 'open' ? null : score[0],
                blue: score === 'open' ? null : score[1],
                deductions: more.deductions ?? { red: 0, blue: 0 },
              },
            ],
    })),
    rulings: [],
  });
  if (cards === undefined) throw new Error('The scorecards of the test are none.');
  return cards;
}
