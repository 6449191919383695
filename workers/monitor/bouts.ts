import type { Caller } from '../../domain/roles/index.ts';
import type { BoutHealth } from '../../objects/bout/index.ts';
import { platformOf } from '../auth/platform.ts';
import { callerMayUse } from '../auth/scope.ts';
import { boutOf } from '../bouts.ts';
import type { Env } from '../env.ts';
import { type Asked, ask } from './ask.ts';

/** A bout as the index or the platform lists it; what only the index knows is null without it. */
export type Listed = {
  readonly boutId: string;
  readonly cardId: string | null;
  readonly event: string | null;
  readonly fighter1: string | null;
  readonly fighter2: string | null;
};

export type AskedBout = { readonly listed: Listed; readonly health: Asked<BoutHealth | null> };
export type AskedCard = { readonly cardId: string; readonly isMade: Asked<boolean> };

const AT_MOST = 10;

/** A bout in which nothing has changed for so long is no longer watched. */
const RECENT_MS = 12 * 3_600_000;

const RUNNING = ['IN_PROGRESS', 'PAUSED'];
const ASIDE = ['NOT_STARTED', 'FINAL'];

type Line = { bout_id: string; card_id: string | null; event: string; fighter1: string; fighter2: string };

/**
 * The bouts under way and those of the last hours that the caller's token reaches (null: all), from the index: those
 * under way first, also between rounds, however many have been planned since they were made. Ids come from there and
 * never from the caller, so no object is asked for that nobody has made.
 */
export async function askIndex(env: Env, caller: Caller | null, nowMs: number): Promise<Asked<readonly Listed[]>> {
  const asked = await ask(async () => {
    const { results } = await env.INDEX.prepare(
      `SELECT bout_id, card_id, event, fighter1, fighter2 FROM bout
         WHERE (status IN (SELECT value FROM json_each(?1)) OR updated_ms > ?2)
           AND (?3 IS NULL OR bout_id = ?3) AND (?4 IS NULL OR card_id = ?4)
         ORDER BY status IN (SELECT value FROM json_each(?5)), created_ms DESC LIMIT ?6`,
    )
      .bind(
        JSON.stringify(RUNNING),
        nowMs - RECENT_MS,
        caller?.boutId ?? null,
        caller?.boutId == null ? (caller?.cardId ?? null) : null,
        JSON.stringify(ASIDE),
        AT_MOST,
      )
      .all<Line>();
    return results;
  });
  return asked.ok ? { ...asked, value: within(asked.value.map(listedOf), caller) } : asked;
}

/** The same without the index: the newest that the platform has recorded, without names. */
export async function askDirectory(env: Env, caller: Caller | null): Promise<readonly Listed[]> {
  const asked = await ask(async () => await platformOf(env).bouts({ limit: AT_MOST, beforeIndex: null }));
  if (!asked.ok) return [];
  const nameless = { event: null, fighter1: null, fighter2: null };
  return within(
    asked.value.map(({ boutId, cardId }) => ({ boutId, cardId, ...nameless })),
    caller,
  );
}

export async function askBouts(env: Env, listed: readonly Listed[]): Promise<readonly AskedBout[]> {
  return await Promise.all(
    listed.map(async (one) => ({
      listed: one,
      health: await ask(async () => await boutOf(env, one.boutId).health()),
    })),
  );
}

/** The cards that these bouts are on. */
export async function askCards(env: Env, listed: readonly Listed[]): Promise<readonly AskedCard[]> {
  const cardIds = new Set(listed.flatMap(({ cardId }) => (cardId === null ? [] : [cardId])));
  return await Promise.all(
    [...cardIds].map(async (cardId) => ({
      cardId,
      isMade: await ask(async () => (await env.CARD.getByName(cardId).view()) !== null),
    })),
  );
}

function listedOf({ bout_id: boutId, card_id: cardId, event, fighter1, fighter2 }: Line): Listed {
  return { boutId, cardId, event, fighter1, fighter2 };
}

function within(listed: readonly Listed[], caller: Caller | null): readonly Listed[] {
  return listed.filter(({ boutId, cardId }) => callerMayUse(caller, boutId, cardId)).slice(0, AT_MOST);
}
