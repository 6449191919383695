import {
  type BoutState,
  countingRounds,
  decide,
  isAbsent,
  isSigned,
  lastRound,
  type RoundCard,
  roundOf,
  type RoundState,
} from '../bout/index.ts';
import { type Corner, type Pair, ZERO_PAIR } from '../corner.ts';
import { textOf } from '../ledger/index.ts';
import { own } from '../own.ts';
import { firstBellMs } from './moments.ts';
import { fighterOf, judgeAt, type Named } from './names.ts';
import { type ResultModel, resultOf } from './result-model.ts';
import { type RulingModel, rulingsOf } from './rulings-model.ts';
import type { SealedBout } from './sealed-bout.ts';
import { type UndeliveredModel, undeliveredOf } from './undelivered-model.ts';

/**
 * What an official scorecard shows, whatever it is printed on. Points are in tenths, instants UTC epoch ms; null is what
 * the record does not say.
 */
export type ScorecardModel = {
  readonly boutId: string;
  readonly cardId: string | null;
  readonly promotion: string;
  readonly event: string;
  /** At the venue. */
  readonly date: string | null;
  readonly timeZone: string | null;
  readonly sport: string;
  readonly ruleset: string;
  readonly jurisdiction: string | null;
  readonly scheduledRounds: number;
  readonly roundLengthMs: number;
  readonly simulated: boolean;
  readonly fighters: Readonly<Record<Corner, Named>>;
  readonly seats: readonly SeatModel[];
  readonly rounds: readonly RoundModel[];
  readonly rulings: readonly RulingModel[];
  readonly result: ResultModel | null;
  readonly firstBellMs: number | null;
  readonly sealedMs: number | null;
  readonly undelivered: UndeliveredModel | null;
  readonly checkpoint: string;
};

export type SeatModel = {
  readonly seat: string;
  readonly absent: boolean;
  /** Everybody who held it, in order. */
  readonly judges: readonly (Named & { readonly fromRound: number })[];
  /** Over the rounds that decide: as given, and less the points that the referee took. Null where the seat has no vote. */
  readonly given: Pair | null;
  readonly total: Pair | null;
  /** Under the totals as they are; null where nobody signed those. */
  readonly signature: { readonly by: string; readonly atMs: number | null } | null;
};

export type RoundModel = {
  readonly number: number;
  readonly extension: boolean;
  readonly fought: boolean;
  /** Whether the round decides; a round that a stoppage cut short need not. */
  readonly counts: boolean;
  readonly deductions: Pair;
  /** In the order of the seats; null where there is none. */
  readonly cards: readonly (CardModel | null)[];
};

export type CardModel = {
  readonly judge: Named;
  /** Null while it stands reopened. */
  readonly points: Pair | null;
  /** From paper: who entered it and who confirmed. */
  readonly paper: { readonly enteredBy: string | null; readonly confirmedBy: string | null } | null;
  /** What stood there before it was reopened, oldest first. */
  readonly earlier: readonly {
    readonly points: Pair;
    readonly reopenedBy: string | null;
    readonly reason: string | null;
  }[];
};

export function scorecardModel(bout: SealedBout): ScorecardModel {
  const { state, names, entries, checkpoint } = bout;
  const { config } = state;
  const counting = decidingRounds(state);
  const { totals } = decide(state);
  return {
    boutId: config.boutId,
    cardId: config.cardId,
    promotion: config.promotion,
    event: config.event,
    date: config.date,
    timeZone: config.timeZone,
    sport: config.sport,
    ruleset: config.rules.id,
    jurisdiction: config.rules.jurisdiction,
    scheduledRounds: config.scheduledRounds,
    roundLengthMs: config.roundLengthMs,
    simulated: config.simulated,
    fighters: { red: fighterOf(state, names, 'red'), blue: fighterOf(state, names, 'blue') },
    seats: config.judges.map(({ id }) => ({
      seat: id,
      absent: isAbsent(state, id),
      judges: judgesOf(bout, id),
      given: isAbsent(state, id) ? null : givenBy(counting, id),
      total: totals.find(({ seat }) => seat === id)?.total ?? null,
      signature: signatureOf(bout, id),
    })),
    rounds: Array.from({ length: Math.max(lastRound(state), state.rounds.length) }, (_, at) =>
      roundModel(bout, roundOf(state, at + 1), counting),
    ),
    rulings: rulingsOf(bout),
    result: resultOf(bout),
    firstBellMs: firstBellMs(state),
    sealedMs: entries.findLast(({ kind }) => kind === 'seal')?.receivedMs ?? null,
    undelivered: undeliveredOf(entries),
    checkpoint,
  };
}

/** Where an extension round decides alone, only the last of them. */
function decidingRounds(state: BoutState): readonly RoundState[] {
  const counting = countingRounds(state);
  const last = counting.at(-1);
  const { rules, scheduledRounds } = state.config;
  const alone = rules.extension.decides === 'alone' && last !== undefined && last.number > scheduledRounds;
  return alone ? [last] : counting;
}

function judgesOf({ state, names }: SealedBout, seat: string): SeatModel['judges'] {
  const set = state.config.judges.find(({ id }) => id === seat);
  const first = { id: set?.person ?? seat, name: names.get(`judge:${seat}`) ?? null, fromRound: 1 };
  const later = own(state.seats, seat)?.people ?? [];
  return [
    first,
    ...later.map(({ person, fromRound, index }) => ({
      id: person,
      name: names.get(`substitute:${index}`) ?? null,
      fromRound,
    })),
  ];
}

function givenBy(rounds: readonly RoundState[], seat: string): Pair {
  return rounds.reduce((sum, { scorecards }) => {
    const card = own(scorecards, seat);
    return card === undefined || card.open ? sum : { red: sum.red + card.redX10, blue: sum.blue + card.blueX10 };
  }, ZERO_PAIR);
}

function signatureOf({ state, entries }: SealedBout, seat: string): SeatModel['signature'] {
  const signature = own(state.signatures, seat);
  if (signature === undefined || !isSigned(state, seat)) return null;
  return { by: signature.subject, atMs: entries[signature.index]?.receivedMs ?? null };
}

function roundModel(bout: SealedBout, round: RoundState, counting: readonly RoundState[]): RoundModel {
  const { state } = bout;
  return {
    number: round.number,
    extension: round.number > state.config.scheduledRounds,
    fought: round.clock !== null || round.totalEvents > 0 || counting.includes(round),
    counts: counting.some(({ number }) => number === round.number),
    deductions: round.deductions,
    cards: state.config.judges.map(({ id }) => {
      const card = own(round.scorecards, id);
      return card === undefined ? null : cardModel(bout, card, judgeAt(state, bout.names, id, round.number));
    }),
  };
}

function cardModel({ entries }: SealedBout, card: RoundCard, judge: Named): CardModel {
  const entry = entries[card.index];
  const proposed = entry === undefined ? undefined : entries[indexIn(entry.payload['proposal_index'])];
  return {
    judge,
    points: card.open ? null : { red: card.redX10, blue: card.blueX10 },
    paper: card.paper
      ? { enteredBy: proposed?.actor.subject ?? null, confirmedBy: entry?.actor.subject ?? null }
      : null,
    earlier: card.earlier.map(({ redX10, blueX10, reopenedAt }) => {
      const reopening = entries[reopenedAt];
      return {
        points: { red: redX10, blue: blueX10 },
        reopenedBy: reopening?.actor.subject ?? null,
        reason: reopening === undefined ? null : textOf(reopening.payload, 'reason'),
      };
    }),
  };
}

function indexIn(value: unknown): number {
  return typeof value === 'number' ? value : -1;
}

/** Tenths as they are read: `10`, `9.5`. */
export function pointsText(x10: number): string {
  return String(x10 / 10);
}
