import { type BoutState, currentRound, expiryMs, type LookUp, roundStatus, type RoundState } from '../bout/index.ts';
import type { Corner } from '../corner.ts';
import { own } from '../own.ts';

/** A bout's line of the index. Names are as they are kept beside the ledger: an id stands where there is none. */
export type BoutLine = {
  readonly cardId: string | null;
  readonly promotion: string;
  readonly event: string;
  /** Venue-local, `YYYY-MM-DD`. */
  readonly date: string | null;
  readonly sport: string;
  readonly ruleset: string;
  readonly fighters: Readonly<Record<Corner, { readonly id: string; readonly name: string }>>;
  readonly judges: readonly LineJudge[];
  readonly status: string;
  readonly round: number;
  readonly scheduledRounds: number;
  readonly simulated: boolean;
  /** The circle that may see the bout at all. */
  readonly releasedTo: string;
  /** Official, and outside the release delay. */
  readonly result: LineResult | null;
  readonly sealed: boolean;
  /** How many entries lie outside the release delay. */
  readonly shownEntries: number;
  /** When the bout was set up, UTC ms. */
  readonly createdMs: number;
  /** When it last changed, by an entry or by the end of a round, outside the release delay. */
  readonly updatedMs: number;
};

/** Everybody who has held a seat, in order; `name` is null where it is not kept. */
export type LineJudge = {
  readonly seat: string;
  readonly people: readonly { readonly id: string; readonly name: string | null }[];
};

export type LineResult = {
  readonly winner: Corner | 'draw' | 'no_contest';
  readonly method: string;
  readonly decision: string | null;
  readonly round: number | null;
  readonly timeMs: number | null;
};

/**
 * `shown` is the bout as it stood before its release delay, at `shownMs`: what happened since is told to nobody here. Who
 * may see the line at all is what is released now, so a release that is taken back is not taken back late.
 */
export type LineInput = {
  readonly state: BoutState;
  readonly shown: BoutState;
  readonly shownMs: number;
  /** By the keys of the names kept beside the ledger. */
  readonly names: ReadonlyMap<string, string>;
  readonly lookUp: LookUp;
};

export function boutLine({ state, shown, shownMs, names, lookUp }: LineInput): BoutLine {
  const { config } = state;
  const round = currentRound(shown);
  const fighter = (corner: Corner) => {
    const { id } = config.fighters[corner];
    return { id, name: names.get(`fighter:${corner}`) ?? id };
  };
  return {
    cardId: config.cardId,
    promotion: config.promotion,
    event: config.event,
    date: config.date,
    sport: config.sport,
    ruleset: config.ruleset,
    fighters: { red: fighter('red'), blue: fighter('blue') },
    judges: config.judges.map(({ id }) => judgeOf(shown, names, id)),
    status: roundStatus(shown, round, shownMs),
    round: round.number,
    scheduledRounds: config.scheduledRounds,
    simulated: config.simulated,
    releasedTo: config.release.statistics,
    result: resultOf(shown),
    sealed: shown.sealed !== null,
    shownEntries: shown.next,
    createdMs: lookUp(0)?.receivedMs ?? 0,
    updatedMs: updatedMs(shown, round, shownMs, lookUp),
  };
}

function judgeOf(state: BoutState, names: ReadonlyMap<string, string>, seat: string): LineJudge {
  const first = state.config.judges.find(({ id }) => id === seat);
  const taken = own(state.seats, seat)?.people ?? [];
  return {
    seat,
    people: [
      { id: first?.person ?? seat, name: names.get(`judge:${seat}`) ?? null },
      ...taken.map(({ person, index }) => ({ id: person, name: names.get(`substitute:${index}`) ?? null })),
    ],
  };
}

function resultOf({ result }: BoutState): LineResult | null {
  if (result?.status !== 'official') return null;
  const { winner, method, decision, round, clockMs } = result;
  return { winner, method, decision, round, timeMs: clockMs };
}

/** A matter of the ledger and the clock, not of when somebody wrote the line: a line made anew says the same. */
function updatedMs(state: BoutState, round: RoundState, atMs: number, lookUp: LookUp): number {
  const lastMs = lookUp(state.next - 1)?.receivedMs ?? 0;
  const bellMs = round.clock === null ? null : expiryMs(round.clock);
  return bellMs === null || bellMs > atMs ? lastMs : Math.max(lastMs, bellMs);
}
