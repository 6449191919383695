import { ZERO_HASH } from '../../domain/ledger/index.ts';
import { ok, type Outcome, refuse } from '../../domain/refusal.ts';
import type { ReadTo, RevokedSince } from '../../objects/platform/index.ts';

/** From this age on the set is refreshed while requests go on with it. */
const REFRESH_MS = 5_000;

/** From this age on a request waits for the refresh: the bound within which a revoked token is refused everywhere. */
const WAIT_MS = 10_000;

/** The part of the platform object that is asked. */
export type RevocationSource = { readonly revoked: (readTo: ReadTo) => Promise<RevokedSince> };

export type RevokedTokens = {
  readonly isRevoked: (
    tokenId: string,
    source: RevocationSource,
    nowMs: number,
    inBackground: (work: Promise<unknown>) => void,
  ) => Promise<Outcome<boolean>>;
  /** Whether it is known, without asking anybody, that a token is not revoked: the set is fresh and lacks it. */
  readonly surelyNot: (tokenId: string, nowMs: number) => boolean;
  /** Adds a token that was just revoked through this isolate, so that at least here it ends at once. */
  readonly note: (tokenId: string, expiresMs: number) => void;
};

/**
 * The revoked tokens as an isolate knows them. While the platform object cannot be reached the last known set stays in
 * force, so that a night goes on; an isolate that never had one refuses with `unavailable`, which a client retries.
 *
 * Each request that must wait asks for itself: in Workers a promise that belongs to another request may never settle.
 */
export function createRevokedTokens(): RevokedTokens {
  const expiresMsOf = new Map<string, number>();
  let readTo: ReadTo = { entries: 0, head: ZERO_HASH };
  let loadedMs: number | null = null;
  let triedMs = Number.NEGATIVE_INFINITY;
  let failedMs = Number.NEGATIVE_INFINITY;

  async function refresh(source: RevocationSource, nowMs: number): Promise<boolean> {
    triedMs = nowMs;
    try {
      const news = await source.revoked(readTo);
      if (news.whole) expiresMsOf.clear();
      for (const { tokenId, expiresMs } of news.tokens) expiresMsOf.set(tokenId, expiresMs);
      for (const [tokenId, expiresMs] of expiresMsOf) if (expiresMs <= nowMs) expiresMsOf.delete(tokenId);
      readTo = news.readTo;
      // What was asked then is what is known: a revocation recorded while the answer was on its way is not in it.
      loadedMs = nowMs;
      return true;
    } catch (error) {
      failedMs = nowMs;
      console.error(JSON.stringify({ at: 'auth.revoked', problem: String(error), loaded_ms: loadedMs }));
      return false;
    }
  }

  return {
    isRevoked: async (tokenId, source, nowMs, inBackground) => {
      if (loadedMs === null) {
        if (!(await refresh(source, nowMs))) {
          return refuse('unavailable', 'Whether this token was revoked cannot be told just now; try again.');
        }
      } else if (ageMs(loadedMs, nowMs) >= WAIT_MS) {
        // For five seconds after a failure requests go on at once: an outage must not slow every tap down.
        if (ageMs(failedMs, nowMs) >= REFRESH_MS) await refresh(source, nowMs);
      } else if (ageMs(loadedMs, nowMs) >= REFRESH_MS && ageMs(triedMs, nowMs) >= REFRESH_MS) {
        inBackground(refresh(source, nowMs));
      }
      return ok(expiresMsOf.has(tokenId));
    },
    surelyNot: (tokenId, nowMs) =>
      loadedMs !== null && ageMs(loadedMs, nowMs) < REFRESH_MS && !expiresMsOf.has(tokenId),
    note: (tokenId, expiresMs) => {
      expiresMsOf.set(tokenId, expiresMs);
    },
  };
}

/** How long ago an instant was; without end where the clock went back behind it, since then nobody knows. */
function ageMs(thenMs: number, nowMs: number): number {
  return nowMs < thenMs ? Number.POSITIVE_INFINITY : nowMs - thenMs;
}
