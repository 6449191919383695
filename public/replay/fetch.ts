import type { Credential } from '../shared/device/credential.ts';
import { type ApiAnswer, type ApiFailure, getJson, isFinal } from '../shared/wire/api.ts';
import {
  decodeOrigins,
  decodeRecommendations,
  decodeReplay,
  decodeScorecards,
  type Recommendation,
  type Replay,
  type Ruling,
  type Scorecard,
} from './wire.ts';

/** The scorecard of one seat for the round; null where there is none, or none that the caller may see. */
export type SeatCard = {
  readonly judgeId: string;
  readonly judgeName: string;
  readonly absent: boolean;
  readonly card: Scorecard | null;
};

export type Round = {
  readonly replay: Replay;
  /** Events that stand in for others: corrections. */
  readonly corrections: ReadonlySet<string>;
  readonly cards: readonly SeatCard[];
  readonly rulings: readonly Ruling[];
  /** Null where the caller may not see it, or there is none. */
  readonly recommendation: Recommendation | null;
};

export type Fetched =
  | { readonly kind: 'round'; readonly round: Round }
  | { readonly kind: 'refused'; readonly failure: ApiFailure };

/**
 * Everything that there is to show of a round. Null where the server could not be reached and nothing is known that the
 * last answer did not say: that one stays.
 */
export async function fetchRound(
  credential: Credential,
  boutId: string,
  round: number,
  lengthS: number,
  before: Fetched | null,
): Promise<Fetched | null> {
  const bout = encodeURIComponent(boutId);
  const [replay, origins, scorecards, recommendations] = await Promise.all([
    getJson(`/api/replay/${bout}/${round}?round_length=${lengthS}`, decodeReplay, credential),
    getJson(`/api/events/v2/${bout}/${round}`, decodeOrigins, credential),
    getJson(`/api/bouts/${bout}/scorecards`, decodeScorecards, credential),
    getJson(`/api/bouts/${bout}/recommendations`, decodeRecommendations, credential),
  ]);
  if (!replay.ok) return isFinal(replay.failure) ? { kind: 'refused', failure: replay.failure } : null;
  const known = before?.kind === 'round' ? before.round : null;
  const corrected = origins.ok ? origins.value.events.filter(({ kind }) => kind === 'replace') : null;
  return {
    kind: 'round',
    round: {
      replay: replay.value,
      corrections:
        corrected === null ? (known?.corrections ?? new Set()) : new Set(corrected.map((one) => one.event_id)),
      cards: readOr(scorecards, known?.cards ?? [], [], ({ seats }) =>
        seats.map((seat) => ({
          judgeId: seat.judge_id,
          judgeName: seat.judge_name,
          absent: seat.absent,
          card: seat.rounds.find((one) => one.round_id === round) ?? null,
        })),
      ),
      rulings: readOr(scorecards, known?.rulings ?? [], [], ({ rulings }) =>
        rulings.filter((one) => one.round_id === round),
      ),
      recommendation: readOr(
        recommendations,
        known?.recommendation ?? null,
        null,
        ({ rounds }) => rounds.find((one) => one.round_id === round) ?? null,
      ),
    },
  };
}

/** What an answer says; what was known where none came; `refused` where the server says that it is not for this caller. */
function readOr<A, T>(answer: ApiAnswer<A>, known: T, refused: T, read: (value: A) => T): T {
  if (answer.ok) return read(answer.value);
  return isFinal(answer.failure) ? refused : known;
}
