import { isSamePerson } from '../../domain/bout/index.ts';
import { ok, type Outcome } from '../../domain/refusal.ts';
import type { Caller } from '../../domain/roles/index.ts';
import { segmentOf } from '../../domain/key-segment.ts';
import { exportsPrefix } from '../../domain/storage/index.ts';
import type { PersonHere } from '../../objects/bout/index.ts';
import type { PersonOfPlatform } from '../../objects/platform/index.ts';
import { platformOf } from '../auth/platform.ts';
import { boutOf } from '../bouts.ts';
import type { Env } from '../env.ts';
import { listObjects } from '../storage/list.ts';
import { type IndexedPerson, readIndexed, readLines } from './candidates.ts';

/** Recorded bouts that one answer looks into, besides those to which the index leads. */
const PAGE = 200;

/** Bouts that are asked at the same time. */
const AT_ONCE = 20;

export type NotReached = { readonly what: string; readonly detail: string };

export type FoundBout = PersonHere & {
  readonly exports: readonly string[];
  /** The person's own names in the index; null where it has no line of the bout, or could not be asked. */
  readonly index_names: readonly string[] | null;
};

export type FoundDevice = {
  readonly card_id: string;
  readonly device_id: string;
  readonly role: string;
  readonly judge_id: string | null;
  readonly paired_ms: number;
  readonly revoked_ms: number | null;
};

export type Found = {
  readonly bouts: readonly FoundBout[];
  readonly devices: readonly FoundDevice[];
  /** Null for a token that is for a card or a bout, and where one bout alone was asked. */
  readonly platform: PersonOfPlatform | null;
  readonly index: IndexedPerson | null;
  readonly notReached: readonly NotReached[];
  /** Where the next answer goes on looking; null where every recorded bout in reach has been looked into. */
  readonly nextBefore: number | null;
};

/** The bouts to look into, and where the rest begins. */
type Reach = { readonly boutIds: readonly string[]; readonly cardIds: readonly string[]; readonly next: number | null };

/**
 * Everything that is held about a person within the caller's reach. The directory of the deployment says which bouts there
 * are, a page of them an answer; the index leads to others at once; each bout's own object says what is true.
 */
export async function findPerson(env: Env, caller: Caller, personId: string, before: number | null): Promise<Found> {
  const notReached: NotReached[] = [];
  const orNull = noting(notReached);
  const isConfined = caller.boutId !== null || caller.cardId !== null;
  const reach = await orNull('directory', async () => await reachOf(env, caller, before));
  const index = isConfined ? null : await orNull('index', async () => await readIndexed(env, personId));
  const led = before === null ? (index?.boutIds ?? []) : [];
  const boutIds = [...new Set([...(reach?.boutIds ?? []), ...led])];
  const bouts: PersonHere[] = [];
  for (let at = 0; at < boutIds.length; at += AT_ONCE) {
    const page = boutIds.slice(at, at + AT_ONCE).map(async (boutId) => {
      const asked = { personId, alone: false };
      const here = await orNull(`bout ${boutId}`, async () => await boutOf(env, boutId).person(caller, asked));
      if (here?.ok === false && here.code !== 'not_found')
        notReached.push({ what: `bout ${boutId}`, detail: here.detail });
      if (here?.ok !== true || here.value === null) return [];
      const found: PersonHere = JSON.parse(here.value);
      return [found];
    });
    bouts.push(...(await Promise.all(page)).flat());
  }
  const whole = await withCopies(env, bouts, orNull);
  const cardIds = new Set([...(reach?.cardIds ?? []), ...bouts.flatMap((bout) => bout.card_id ?? [])]);
  const devices: FoundDevice[] = [];
  for (const cardId of cardIds) {
    devices.push(...((await orNull(`card ${cardId}`, async () => await devicesOf(env, cardId, personId))) ?? []));
  }
  const platform = isConfined ? null : await orNull('platform', async () => await platformOf(env).person(personId));
  return { bouts: whole, devices, platform, index, notReached, nextBefore: reach?.next ?? null };
}

/**
 * What one bout holds about somebody, who may be named by a place of it. Nothing else is looked into: elsewhere the same
 * place is somebody else's. Refused where the bout does not exist, is out of reach, or nobody in it goes by the id.
 */
export async function findInBout(env: Env, caller: Caller, personId: string, boutId: string): Promise<Outcome<Found>> {
  const here = await boutOf(env, boutId).person(caller, { personId, alone: true });
  if (!here.ok) return here;
  const notReached: NotReached[] = [];
  const bouts: PersonHere[] = here.value === null ? [] : [JSON.parse(here.value)];
  const whole = await withCopies(env, bouts, noting(notReached));
  return ok({ bouts: whole, devices: [], platform: null, index: null, notReached, nextBefore: null });
}

type OrNull = <T>(what: string, read: () => Promise<T>) => Promise<T | null>;

/** Null for what does not answer, which is noted. */
function noting(notReached: NotReached[]): OrNull {
  return async (what, read) => {
    try {
      return await read();
    } catch (error) {
      notReached.push({ what, detail: `It did not answer: ${String(error)}` });
      return null;
    }
  };
}

/** Each bout with its exports and what the index has of the person's names in it. */
async function withCopies(env: Env, bouts: readonly PersonHere[], orNull: OrNull): Promise<readonly FoundBout[]> {
  const ids = bouts.map((bout) => bout.bout_id);
  const lines = await orNull('lines of the index', async () => await readLines(env, ids));
  const whole: FoundBout[] = [];
  for (const bout of bouts) {
    const exports = await orNull(`exports of bout ${bout.bout_id}`, async () => await exportsOf(env, bout));
    const line = lines?.get(bout.bout_id);
    whole.push({ ...bout, exports: exports ?? [], index_names: line === undefined ? null : namesOf(bout, line) });
  }
  return whole;
}

async function reachOf(env: Env, caller: Caller, before: number | null): Promise<Reach> {
  if (caller.boutId !== null) return { boutIds: [caller.boutId], cardIds: [], next: null };
  if (caller.cardId !== null) {
    const night = await env.CARD.getByName(caller.cardId).view();
    const boutIds = night?.bouts.map(({ boutId }) => boutId) ?? [];
    return { boutIds, cardIds: night === null ? [] : [caller.cardId], next: null };
  }
  const platform = platformOf(env);
  const listed = await platform.bouts({ limit: PAGE + 1, beforeIndex: before });
  const page = listed.slice(0, PAGE);
  // A device may have been paired with a card on whose bouts its holder left nothing.
  const cards = before === null ? await platform.cards({ limit: PAGE, beforeIndex: null, cardId: null }) : [];
  return {
    boutIds: page.map(({ boutId }) => boutId),
    cardIds: cards.map(({ cardId }) => cardId),
    next: listed.length > PAGE ? (page.at(-1)?.recordedIndex ?? null) : null,
  };
}

async function exportsOf(env: Env, bout: PersonHere): Promise<readonly string[]> {
  const prefix = exportsPrefix(segmentOf(bout.promotion), bout.bout_id);
  const { objects } = await listObjects(env.ARCHIVE, { prefix, after: null, pages: 1 });
  return objects.map(({ key }) => key);
}

function namesOf(bout: PersonHere, line: { readonly fighter1: string; readonly fighter2: string }): readonly string[] {
  return bout.places.flatMap((place) =>
    place.as === 'fighter' ? [place.corner === 'red' ? line.fighter1 : line.fighter2] : [],
  );
}

async function devicesOf(env: Env, cardId: string, personId: string): Promise<readonly FoundDevice[]> {
  const night = await env.CARD.getByName(cardId).view();
  return (night?.devices ?? [])
    .filter(({ subject }) => isSamePerson(subject, personId))
    .map((device) => ({
      card_id: cardId,
      device_id: device.deviceId,
      role: device.role,
      judge_id: device.seat,
      paired_ms: device.pairedMs,
      revoked_ms: device.revokedMs,
    }));
}
