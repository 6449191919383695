import type { Corner } from '../../../domain/corner.ts';
import type { Result } from '../wire/frames.ts';
import { elapsedWords } from '../live/clock.ts';

/** The words that boards for an audience share: as results and rounds are announced. */
export const board = {
  versus: 'vs',
  corner: { red: 'Red', blue: 'Blue' } satisfies Record<Corner, string>,
  roundOf: (round: number, of: number) => `Round ${round} of ${of}`,
  extension: (round: number) => `Round ${round} · extension`,
  endOf: (round: number) => `End of round ${round}`,
  stopped: 'Time stopped',
  over: 'Bout over',
  clockUnknown: 'Clock not confirmed',
  timeLeft: 'Time left in the round',
  winsRound: (name: string, round: number) => `${isolated(name)} wins round ${round}`,
  tookRound: (round: number) => `wins round ${round}`,
  evenRound: (round: number) => `Round ${round} is even`,
  closeRound: (round: number) => `Round ${round} is too close to call`,
  byJudges: 'Judges’ scorecards',
  byStatistics: 'By the statistics, not the judges',
  deducted: (points: number, corner: Corner) =>
    `${points} ${points === 1 ? 'point' : 'points'} taken from ${corner === 'red' ? 'Red' : 'Blue'}`,
  score: (red: number, blue: number) => `${red}–${blue}`,
  winner: (name: string) => `${isolated(name)} wins`,
  draw: 'Draw',
  noContest: 'No contest',
  official: 'Official result',
  simulated: 'Simulated',
  method: {
    KO: 'Knockout',
    TKO: 'Technical knockout',
    SUB: 'Submission',
    DEC: 'Decision',
    TD: 'Technical decision',
    DQ: 'Disqualification',
    NC: 'No contest',
    DRAW: 'Draw',
    FORFEIT: 'Forfeit',
  } as Readonly<Record<string, string>>,
  decision: {
    UD: 'unanimous',
    SD: 'split',
    MD: 'majority',
    'D-U': 'unanimous',
    'D-S': 'split',
    'D-M': 'majority',
  } as Readonly<Record<string, string>>,
  inRound: (round: number) => `round ${round}`,
  knockdowns: 'Knockdowns',
  category: { weighted_score: 'Total', damage: 'Damage', grappling: 'Grappling', control: 'Control' },
  particulars: {
    nickname: 'Nickname',
    record: 'Record',
    country: 'Country',
    age: 'Age',
    height_cm: 'Height',
    reach_cm: 'Reach',
    weight_kg: 'Weight',
    stance: 'Stance',
    team: 'Team',
  },
  stance: { orthodox: 'Orthodox', southpaw: 'Southpaw', switch: 'Switch' } as Readonly<Record<string, string>>,
  photoOf: (name: string) => `Photo of ${name}`,
  centimetres: (cm: number) => `${cm} cm`,
  kilograms: (kg: number) => `${kg} kg`,
  unknown: '–',
} as const;

/** Letters that are written from the right, and marks that say so. */
const FROM_THE_RIGHT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Bidi_Control}]/u;

/** A name within a sentence: however it is written, it does not turn the words around it. */
function isolated(name: string): string {
  return FROM_THE_RIGHT.test(name) ? `\u2068${name}\u2069` : name;
}

/** `Maria Silva wins`, `Draw`, `No contest`. */
export function resultWords(result: Result, nameOf: (corner: Corner) => string): string {
  if (result.winner_corner !== null) return board.winner(nameOf(result.winner_corner));
  return result.winner === 'No Contest' || result.method === 'NC' ? board.noContest : board.draw;
}

/**
 * `Submission · round 2 · 3:07`, or `Decision (unanimous)`; the time is elapsed, as results are announced. What
 * `resultWords` says before it (`No contest`, `Draw`) is not said again.
 */
export function howWords(result: Result): string {
  const full = board.method[result.method ?? ''] ?? result.method ?? '';
  const isSaid = result.winner_corner === null && (full === board.noContest || full === board.draw);
  const named = isSaid ? '' : full;
  const decision = result.decision === null ? '' : (board.decision[result.decision] ?? result.decision);
  const how = decision === '' ? named : `${named} (${decision})`.trim();
  const stopped = result.round_id !== null && result.time_ms !== null;
  return [
    how,
    ...(stopped && result.round_id !== null ? [board.inRound(result.round_id)] : []),
    ...(stopped && result.time_ms !== null ? [elapsedWords(result.time_ms)] : []),
  ]
    .filter((part) => part !== '')
    .join(' · ');
}
