import type { Role } from '../../domain/roles/index.ts';
import { isReleased } from '../shared/board/due.ts';
import type { Credential } from '../shared/device/credential.ts';
import { type ApiAnswer, type ApiFailure, getJson, isFinal } from '../shared/wire/api.ts';
import type { View } from '../shared/wire/frames.ts';
import { decodeRecommendations, type Recommendation } from '../shared/wire/recommendations.ts';
import { decodeScorecards, type RoundCard, type Ruling } from '../shared/wire/scorecards.ts';
import { decodeOrigins, decodeReplay, type Replay } from './wire.ts';

/** The scorecard of one seat for the round; null where there is none, or none that the caller may see. */
export type SeatCard = {
  readonly judgeId: string;
  readonly judgeName: string;
  readonly absent: boolean;
  readonly card: RoundCard | null;
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

/** What is asked for beside the round itself; what is not asked for stays as it was. */
export type Wants = { readonly cards: boolean; readonly advice: 'ask' | 'keep' | 'not_released' };

type Answer = {
  /** Null where the server could not be reached and nothing is known that the last answer did not say: that one stays. */
  readonly fetched: Fetched | null;
  /** Whether something that was asked for has not come. */
  readonly isMissing: boolean;
};

/** Without what the view says is released no more: gone at once, and not only with the next answer. */
export function asReleased(fetched: Fetched | null, view: View | null, role: Role | null): Fetched | null {
  if (fetched?.kind !== 'round' || fetched.round.recommendation === null || view === null) return fetched;
  if (isReleased(view, role, 'recommendation')) return fetched;
  return { ...fetched, round: { ...fetched.round, recommendation: null } };
}

/** Everything that there is to show of a round. */
export async function fetchRound(
  credential: Credential,
  boutId: string,
  round: number,
  lengthS: number,
  wants: Wants,
  before: Fetched | null,
): Promise<Answer> {
  const bout = encodeURIComponent(boutId);
  const [replay, origins, scorecards, recommendations] = await Promise.all([
    getJson(`/api/replay/${bout}/${round}?round_length=${lengthS}`, decodeReplay, credential),
    getJson(`/api/events/v2/${bout}/${round}`, decodeOrigins, credential),
    wants.cards ? getJson(`/api/bouts/${bout}/scorecards`, decodeScorecards, credential) : null,
    wants.advice === 'ask' ? getJson(`/api/bouts/${bout}/recommendations`, decodeRecommendations, credential) : null,
  ]);
  const isMissing = [scorecards, recommendations].some((one) => one !== null && !one.ok && !isFinal(one.failure));
  if (!replay.ok) {
    return { fetched: isFinal(replay.failure) ? { kind: 'refused', failure: replay.failure } : null, isMissing: true };
  }
  const known = before?.kind === 'round' ? before.round : null;
  const corrected = origins.ok ? origins.value.events.filter(({ kind }) => kind === 'replace') : null;
  const fetched: Fetched = {
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
      recommendation:
        wants.advice === 'not_released'
          ? null
          : readOr(
              recommendations,
              known?.recommendation ?? null,
              null,
              ({ rounds }) => rounds.find((one) => one.round_id === round) ?? null,
            ),
    },
  };
  return { fetched, isMissing };
}

/**
 * What an answer says; what was known where none came or none was asked for; `refused` where the server says that it is
 * not for this caller.
 */
function readOr<A, T>(answer: ApiAnswer<A> | null, known: T, refused: T, read: (value: A) => T): T {
  if (answer === null) return known;
  if (answer.ok) return read(answer.value);
  return isFinal(answer.failure) ? refused : known;
}
