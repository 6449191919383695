import type * as z from 'zod';
import type { Caller } from '../../domain/roles/index.ts';
import type { PersonOfPlatform } from '../../objects/platform/index.ts';
import type { personSchema } from '../schemas/people.ts';
import type { Found } from './find.ts';
import { NOT_SEARCHED, NOT_SEARCHED_ALONE } from './stays.ts';

/** What was asked; `boutId` where it was one bout alone. */
type Question = {
  readonly personId: string;
  readonly boutId: string | null;
  readonly caller: Caller;
  readonly isComplete: boolean;
};

/** What is held about somebody, in the words of the wire. */
export function personDocument(
  { bouts, devices, platform, index, notReached, nextBefore }: Found,
  { personId, boutId, caller, isComplete }: Question,
): z.infer<typeof personSchema> {
  return {
    person_id: personId,
    as_of_ms: Date.now(),
    scope: boutId === null ? scopeOf(caller) : `bout ${boutId}`,
    complete: isComplete,
    not_reached: [...notReached],
    next_before: nextBefore,
    bouts: bouts.map((bout) => ({
      ...bout,
      entries: [...bout.entries],
      exports: [...bout.exports],
      index_names: bout.index_names === null ? null : [...bout.index_names],
    })),
    devices: [...devices],
    judged_scorecards: index?.judgedScorecards ?? null,
    platform: platform === null ? null : wirePlatform(platform),
    not_searched: [...(boutId === null ? NOT_SEARCHED : NOT_SEARCHED_ALONE)],
  };
}

function scopeOf({ boutId, cardId }: Caller): string {
  if (boutId !== null) return `bout ${boutId}`;
  return cardId === null ? 'deployment' : `card ${cardId}`;
}

function wirePlatform({ entries, tokens, shadow, erasures, truncated }: PersonOfPlatform) {
  return {
    entries,
    tokens: tokens.map((token) => ({
      token_id: token.tokenId,
      role: token.role,
      device_id: token.deviceId,
      bout_id: token.boutId,
      card_id: token.cardId,
      expires_ms: token.expiresMs,
    })),
    shadow_scorecards: shadow.map(({ boutId, round, redX10, blueX10 }) => ({
      bout_id: boutId,
      round_id: round,
      red: redX10 / 10,
      blue: blueX10 / 10,
    })),
    erasures: erasures.map(({ index, receivedMs, done, boutId }) => ({
      index,
      received_ms: receivedMs,
      done,
      bout_id: boutId,
    })),
    truncated,
  };
}
