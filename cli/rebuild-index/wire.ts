export type Page = { readonly queued: number; readonly nextCursor: string | null };

export type State = {
  readonly bouts: number;
  readonly queued: number;
  readonly done: number;
  readonly failing: number;
  readonly failures: readonly { readonly boutId: string; readonly attempts: number; readonly error: string }[];
  readonly doneByMs: number | null;
};

/** @throws Error where the answer is not one of `POST /api/index/rebuild` */
export function readPage(answer: unknown): Page {
  const { queued, next_cursor: cursor } = bagOf(answer);
  if (typeof queued !== 'number' || (cursor !== null && typeof cursor !== 'string')) throw notUnderstood(answer);
  return { queued, nextCursor: cursor };
}

/** @throws Error where the answer is not one of `GET /api/index` with a rebuild */
export function readState(answer: unknown): State {
  const { bouts, rebuild } = bagOf(answer);
  const { queued, done, failing, failures, done_by_ms: doneByMs } = bagOf(rebuild);
  if (
    typeof bouts !== 'number' ||
    typeof queued !== 'number' ||
    typeof done !== 'number' ||
    typeof failing !== 'number' ||
    !Array.isArray(failures)
  ) {
    throw notUnderstood(answer);
  }
  return {
    bouts,
    queued,
    done,
    failing,
    failures: failures.map((one) => {
      const { bout_id: boutId, attempts, error } = bagOf(one);
      return { boutId: String(boutId), attempts: Number(attempts), error: String(error) };
    }),
    doneByMs: typeof doneByMs === 'number' ? doneByMs : null,
  };
}

/** How many bouts a search found. @throws Error where the answer is not one of `GET /api/search` */
export function readTotal(answer: unknown): number {
  const { total } = bagOf(answer);
  if (typeof total !== 'number') throw notUnderstood(answer);
  return total;
}

/** What a problem document says; of anything else, that it is none: whatever answered there, it is not FightJudge. */
export function problemOf(text: string): string {
  try {
    const { detail } = bagOf(JSON.parse(text));
    if (typeof detail === 'string') return detail;
  } catch {
    // Said below.
  }
  return 'no such answer';
}

export function progressLine({ queued, done, failing, doneByMs }: State, nowMs: number): string {
  const failed = failing === 0 ? '' : `, ${failing} failing`;
  const left = done >= queued || doneByMs === null ? '' : `, about ${Math.ceil((doneByMs - nowMs) / 1000)} s left`;
  return `${done} of ${queued} bouts indexed${failed}${left}`;
}

function bagOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function notUnderstood(answer: unknown): Error {
  return new Error(`The server answered what nobody expected: ${JSON.stringify(answer).slice(0, 200)}`);
}
