import { setTimeout as pause } from 'node:timers/promises';
import { roundSeed, seededRandom } from '../../../cli/simulator/random.ts';
import type { TestServer } from '../../support/server.ts';
import { type Actor, castOf } from '../plan/cast.ts';
import { livesPlan } from '../plan/lives-plan.ts';
import { writerPlan } from '../plan/writer-plan.ts';
import { type Fresh, lookAfresh, seatAudience, type Watched } from './audience.ts';
import { ask, request } from './http.ts';
import type { Injector } from './injector.ts';
import { insist, type Journal, noteReply, noteSent, type Parcel } from './journal.ts';
import { liveAndDie, startInPeace } from './killer.ts';
import { makeBouts } from './made-bouts.ts';
import { type Json, listOf, replyOf } from './reply.ts';
import { sessionOf, setTable, type Table } from './table.ts';
import { carryOut } from './writer.ts';

/** How often the server is started and killed in a chapter. */
export const LIVES = 4;

/** All plans of a chapter draw on streams of their own: none depends on how far another one got. */
const LIVES_STREAM = 1_001;
const VIEWERS_STREAM = 1_002;

/** What a bout looked like after the last start, which had nothing in memory. */
export type Story = Watched & {
  readonly cursor: number;
  readonly events: readonly Json[];
  readonly verdict: Json;
  /** By viewer's name. */
  readonly fresh: ReadonlyMap<string, Fresh>;
  /** Viewers who were not sent everything in time. */
  readonly behind: readonly string[];
};

/** What there is to be checked of a chapter. */
export type Evidence = {
  readonly journal: Journal;
  readonly stories: readonly Story[];
  /** Bouts that were made on the side; those that the list of bouts lacks. */
  readonly made: readonly string[];
  readonly unlisted: readonly string[];
};

export function planOf(seed: number, actor: Actor) {
  return writerPlan(actor, seededRandom(roundSeed(seed, actor.number)));
}

export function livesOf(seed: number) {
  return livesPlan(seededRandom(roundSeed(seed, LIVES_STREAM)));
}

/**
 * One chapter: two bouts, two hundred writers, viewers, and a server that dies again and again; then a last kill, and
 * everything is read back from what is on the disk.
 */
export async function playChapter(
  server: TestServer,
  injector: Injector | null,
  seed: number,
  chapter: number,
  journal: Journal,
): Promise<Evidence> {
  const { url, adminSecret } = server;
  const cast = castOf(seed);
  const startMs = Date.now();
  const random = seededRandom(roundSeed(seed, VIEWERS_STREAM));
  const tables: Watched[] = [];
  for (const bout of ['main', 'held'] as const) {
    const table = await setTable(url, adminSecret, bout, chapter, cast);
    tables.push(await seatAudience(url, adminSecret, table, random));
  }
  const [main] = tables;
  if (main === undefined) throw new Error('There is no table.');

  let over = false;
  const until = () => over;
  const write = async (table: Table, actor: Actor): Promise<void> => {
    const { boutId, tokens } = table;
    const stage = { url, boutId, startMs, tokens, sessionId: sessionOf(actor, boutId), journal };
    await carryOut(planOf(seed, actor), stage, until);
  };
  const writing = tables.flatMap((table) => table.actors.map(async (actor) => await write(table, actor)));
  const making = makeBouts(url, main.supervisor, chapter, journal, until);
  await liveAndDie(
    server,
    injector,
    livesOf(seed),
    LIVES,
    journal,
    async (name) => await logOne(url, main, name, journal),
  );
  await startInPeace(server, injector, journal);
  await pause(300);
  over = true;
  journal.giveUpMs = Date.now() + GIVE_UP_MS;
  await Promise.all(writing);
  const made = await making;

  for (const { boutId, supervisor } of tables) await ringOut(url, boutId, supervisor);
  // What counts is what is on the disk: the last start has nothing in memory.
  await server.kill9();
  journal.counts.kills += 1;
  await startInPeace(server, injector, journal);
  const stories: Story[] = [];
  for (const table of tables) stories.push(await readBack(url, table, journal));
  const unlisted = await missingFromList(url, main.supervisor, [...tables.map(({ boutId }) => boutId), ...made]);
  return { journal, stories, made, unlisted };
}

/** Long enough for a machine that is busy with other things; reached only where an answer never comes. */
const GIVE_UP_MS = 20_000;

async function ringOut(url: string, boutId: string, token: string): Promise<void> {
  const body = { action: 'end_round', round_id: 1, event_id: `${boutId}-over` };
  await ask(`${url}/api/bouts/${boutId}/clock`, 'POST', token, body);
}

/** Logs something that nobody's plan has; true where it was answered. */
async function logOne(url: string, table: Table, name: string, journal: Journal): Promise<boolean> {
  const { boutId, supervisor: token } = table;
  const parcel: Parcel = { id: `${boutId}-${name}`, boutId, kind: 'action', of: null };
  const body = {
    bout_id: boutId,
    round_id: 1,
    judge_id: 'chief',
    fighter_id: 'fighter1',
    event_type: 'Jab',
    // One device for each, so that no two of them are the same event.
    timestamp_ms: 0,
    device_id: name,
    event_id: parcel.id,
  };
  noteSent(journal, parcel);
  const answer = await request(journal, `${url}/api/events/v2/log`, { method: 'POST', token, body });
  const reply = answer === null ? null : replyOf(journal, answer.status, answer.json, answer.text);
  return noteReply(journal, parcel, reply ?? { is: 'silence' }, 'receipt');
}

/** Goes on writing first: what cannot be read back takes nothing more. */
async function readBack(url: string, table: Watched, journal: Journal): Promise<Story> {
  const { boutId, supervisor: token, viewers } = table;
  journal.giveUpMs = Date.now() + GIVE_UP_MS;
  const written = await insist(journal, async () => await logOne(url, table, 'last', journal));
  if (!written) journal.oddities.push(`${boutId} takes nothing more`);
  const { events } = { events: listOf(await ask(`${url}/api/events/v2/${boutId}/1`, 'GET', token), 'events') };
  const verdict = await ask(`${url}/api/events/v2/verify/${boutId}/1`, 'GET', token);
  const cursor = Number((await ask(`${url}/api/bouts/${boutId}`, 'GET', token))['cursor']);
  const arrived = await Promise.all(viewers.map(async (viewer) => await viewer.reaches(cursor, GIVE_UP_MS)));
  const behind = viewers
    .filter((_, i) => arrived[i] !== true)
    .map((viewer) => `${viewer.name} is at ${viewer.cursor()}`);
  const fresh = new Map<string, Fresh>();
  for (const viewer of viewers) fresh.set(viewer.name, await lookAfresh(url, viewer));
  for (const viewer of viewers) viewer.close();
  return { ...table, cursor, events, verdict, fresh, behind };
}

/** The index follows the bouts by a moment. */
async function missingFromList(url: string, token: string, boutIds: readonly string[]): Promise<readonly string[]> {
  const giveUp = Date.now() + GIVE_UP_MS;
  for (;;) {
    const list = await ask(`${url}/api/bouts`, 'GET', token);
    const listed = new Set(listOf(list, 'bouts').map((line) => line['bout_id']));
    const missing = boutIds.filter((boutId) => !listed.has(boutId));
    if (missing.length === 0 || Date.now() > giveUp) return missing;
    await pause(50);
  }
}
