import { type BoutState, type RoundState, roundElapsed } from '../../bout/index.ts';
import type { Corner } from '../../corner.ts';
import type { Entry } from '../../ledger/entry.ts';
import { textOf } from '../../ledger/read.ts';
import { cornersOf } from './corner-facts.ts';
import { type BoutFacts, FACTS_VERSION, type FighterFacts, type ResultFacts, type RoundFacts } from './facts.ts';
import { tapFacts } from './tap-facts.ts';

/** Later than any instant: everything that a finished bout has running is over by then. */
const IN_THE_END = Number.MAX_SAFE_INTEGER;

/**
 * What a finished bout contributes to figures across bouts. Meant for one that is sealed; of one without an official
 * result only devices and observers are told. Pure: the same ledger gives the same facts, whenever it is asked.
 * @param entries the whole ledger, in order
 */
export function boutFacts(state: BoutState, entries: Iterable<Entry>): BoutFacts {
  const all = [...entries];
  const { config } = state;
  const result = resultFacts(state, all);
  const fought = state.rounds.filter(({ clock, totalEvents }) => clock !== null || totalEvents > 0);
  const times = new Map(fought.map((round) => [round.number, foughtMs(state, round, fought)]));
  return {
    version: FACTS_VERSION,
    date: config.date,
    sport: config.sport,
    ruleset: config.ruleset,
    scheduledRounds: config.scheduledRounds,
    valuesVersion: config.valuesVersion,
    result,
    rounds: result === null ? [] : roundFacts(state, fought, all, times),
    ...tapFacts(state, all, times),
  };
}

function roundFacts(
  state: BoutState,
  fought: readonly RoundState[],
  entries: readonly Entry[],
  times: ReadonlyMap<number, number | null>,
): RoundFacts[] {
  return fought.map((round) => ({
    round: round.number,
    foughtMs: times.get(round.number) ?? null,
    corners: cornersOf(
      state,
      round,
      entries.filter((entry) => entry.round === round.number),
      IN_THE_END,
    ),
  }));
}

/**
 * How long a round was fought: to the official time of a stoppage, else by its clock. One that nobody timed lasted its
 * length if another followed it or scorecards decided a bout that went its distance; else nobody knows.
 */
function foughtMs(state: BoutState, round: RoundState, fought: readonly RoundState[]): number | null {
  const { result, config } = state;
  if (result?.round === round.number && result.clockMs !== null) return result.clockMs;
  if (round.clock !== null) return roundElapsed(state, round, IN_THE_END);
  const isLast = fought.at(-1)?.number === round.number;
  const byScorecards = result?.round === null && (result.method === 'DEC' || result.method === 'DRAW');
  return !isLast || byScorecards ? config.roundLengthMs : null;
}

function resultFacts(state: BoutState, entries: readonly Entry[]): ResultFacts | null {
  const { result, config } = state;
  if (result?.status !== 'official') return null;
  const { method, decision, round, clockMs } = result;
  const confirmed = entries.findLast(
    ({ kind, payload }) => kind === 'result' && textOf(payload, 'type') === 'confirmed',
  );
  const officialMs = confirmed?.receivedMs ?? 0;
  const fighter = (corner: Corner): FighterFacts => ({
    fighter: config.fighters.red.id === config.fighters.blue.id ? null : fighterId(config.fighters[corner].id),
    outcome: outcomeOf(result.winner, corner),
  });
  return {
    officialMs,
    openMs: officialMs + config.delayMs,
    method,
    decision,
    round,
    clockMs,
    fighters: { red: fighter('red'), blue: fighter('blue') },
  };
}

/** A bout that names no fighter’s own id calls them by their corners, as every other such bout does. */
function fighterId(id: string): string | null {
  return id === 'fighter1' || id === 'fighter2' ? null : id;
}

function outcomeOf(winner: Corner | 'draw' | 'no_contest', corner: Corner): FighterFacts['outcome'] {
  if (winner === 'draw' || winner === 'no_contest') return winner;
  return winner === corner ? 'win' : 'loss';
}
