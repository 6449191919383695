import { type BoutState, currentRound, expiryMs, roundStatus } from '../../domain/bout/index.ts';
import type { BoutContext } from './context.ts';
import type { Entry } from '../../domain/ledger/index.ts';
import type { Outcome } from '../../domain/refusal.ts';
import { pushViews } from './fan-out.ts';
import { writeJudged } from './judged.ts';
import { advanceLag } from './lag.ts';
import { entryAt, type Ledger } from './ledger.ts';
import { readNames } from './people.ts';
import { fighterName } from './reads/view.ts';

/**
 * Work that leaves the object or waits for a time, in one table behind the object's one alarm. Every
 * job may run twice: an alarm is delivered at least once, and a crash after the work but before its row
 * is deleted runs it again.
 */
export const JOBS = ['register', 'index', 'index_later', 'expiry', 'judged'] as const;

export type Job = (typeof JOBS)[number];

const RETRY_MS = [1_000, 2_000, 5_000, 15_000, 60_000] as const;

/** Inside the caller's transaction, so that the work is owed exactly if what causes it is stored. */
export function enqueue(sql: SqlStorage, job: Job, dueMs: number): void {
  sql.exec('INSERT OR REPLACE INTO job (id, due_ms, attempts) VALUES (?, ?, 0)', job, dueMs);
}

/** Sets the alarm to the earliest job. Called after a commit; a crash before it is mended by the constructor. */
export async function arm(context: BoutContext): Promise<void> {
  if (context.ledger === null) return;
  const [next] = context.ctx.storage.sql.exec<{ due_ms: number | null }>('SELECT min(due_ms) AS due_ms FROM job');
  if (next?.due_ms == null) return;
  const alarm = await context.ctx.storage.getAlarm();
  if (alarm === null || alarm > next.due_ms) await context.ctx.storage.setAlarm(next.due_ms);
}

export async function runJobs(context: BoutContext): Promise<void> {
  if (context.ledger === null) return;
  const { sql } = context.ctx.storage;
  const due = sql
    .exec<{ id: string; due_ms: number; attempts: number }>(
      'SELECT id, due_ms, attempts FROM job WHERE due_ms <= ? ORDER BY due_ms',
      Date.now(),
    )
    .toArray();
  for (const { id, due_ms: dueMs, attempts } of due) {
    const job = JOBS.find((known) => known === id);
    try {
      if (job !== undefined) await run(context, job);
      // Only now, so that a crash in the middle leaves it owed; a mutation that owed it anew meanwhile has moved it.
      sql.exec('DELETE FROM job WHERE id = ? AND due_ms = ? AND attempts = ?', id, dueMs, attempts);
    } catch (error) {
      const waitMs = RETRY_MS[Math.min(attempts, RETRY_MS.length - 1)] ?? 60_000;
      console.error(JSON.stringify({ at: 'job', bout: context.boutId, job, attempts, error: String(error) }));
      sql.exec(
        'UPDATE job SET due_ms = ?, attempts = ? WHERE id = ? AND due_ms = ? AND attempts = ?',
        Date.now() + waitMs,
        attempts + 1,
        id,
        dueMs,
        attempts,
      );
    }
  }
  await arm(context);
}

async function run(context: BoutContext, job: Job): Promise<void> {
  switch (job) {
    case 'register':
      return register(context);
    case 'index':
    case 'index_later':
      return index(context);
    case 'expiry':
      pushViews(context);
      return enqueueIndex(context);
    case 'judged':
      return writeJudged(context);
  }
}

function enqueueIndex(context: BoutContext): void {
  enqueue(context.ctx.storage.sql, 'index', Date.now());
}

/** Makes the bout known to its card and to the platform; both take the same news twice. */
async function register(context: BoutContext): Promise<void> {
  const config = context.ledger?.state?.config;
  const created = context.ledger === null ? null : entryAt(context.ledger, 0);
  if (config === undefined || created === null) return;
  const { boutId, cardId } = config;
  const by = created.actor;
  refusedToo('platform', await context.env.PLATFORM.getByName('platform').recordBout({ boutId, cardId, by }));
  if (cardId === null) return;
  refusedToo('card', await context.env.CARD.getByName(cardId).addBout({ boutId, position: null, eventId: null }));
}

/** A refusal will be the same next time: it is told, not tried again. */
function refusedToo(at: string, outcome: Outcome<unknown>): void {
  if (!outcome.ok) console.error(JSON.stringify({ at: `register ${at}`, refusal: outcome.detail }));
}

/**
 * Writes the bout's line of the searchable index. The list is for everybody, so the line tells how the bout stood
 * before its release delay; who may see it is what is released now.
 */
async function index(context: BoutContext): Promise<void> {
  const { ledger } = context;
  const state = ledger?.state ?? null;
  if (ledger === null || state === null) return;
  const { config } = state;
  const asOfMs = Date.now() - config.delayMs;
  const shown = config.delayMs === 0 ? state : (advanceLag(context.fanOut.lag, ledger, asOfMs) ?? state);
  const laterMs = config.delayMs === 0 ? null : nextNewsMs(ledger, shown, state, asOfMs);
  // Under a name of its own: a change of the release must not wait for what is held back.
  if (laterMs !== null) enqueue(context.ctx.storage.sql, 'index_later', laterMs + config.delayMs);
  const names = readNames(context.ctx.storage.sql);
  const round = currentRound(shown);
  await context.env.INDEX.prepare(
    `INSERT OR REPLACE INTO bout (bout_id, card_id, promotion, event, date, fighter1, fighter2, status, round_id,
       scheduled_rounds, simulated, released_to, created_ms, updated_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, coalesce((SELECT created_ms FROM bout WHERE bout_id = ?), ?), ?)`,
  )
    .bind(
      config.boutId,
      config.cardId,
      config.promotion,
      config.event,
      config.date,
      fighterName(state, names, 'red'),
      fighterName(state, names, 'blue'),
      roundStatus(shown, round, asOfMs),
      round.number,
      config.scheduledRounds,
      config.simulated ? 1 : 0,
      config.release.statistics,
      config.boutId,
      Date.now(),
      Date.now(),
    )
    .run();
}

/** When, after `asOfMs`, the line changes next: by an entry that is held back or by the end of the round; null if never. */
function nextNewsMs(ledger: Ledger, shown: BoutState, state: BoutState, asOfMs: number): number | null {
  const { clock } = currentRound(shown);
  const expiry = clock === null ? null : expiryMs(clock);
  const bell = expiry !== null && expiry > asOfMs ? expiry : null;
  for (let index = shown.next; index < state.next; index += 1) {
    const entry = entryAt(ledger, index);
    if (entry === null || !LISTED.includes(entry.kind)) continue;
    return bell === null ? entry.receivedMs : Math.min(entry.receivedMs, bell);
  }
  return bell;
}

/** Kinds of entry that change the line. */
const LISTED: readonly Entry['kind'][] = ['clock', 'config', 'result'];

/**
 * What a change of the clock, the set-up or the result owes: a push when the round runs out, a fresh line of the index,
 * and once the result is official, the judged rounds. Inside the transaction of the entry that causes it.
 */
export function oweAfter(sql: SqlStorage, state: BoutState): void {
  const { clock } = currentRound(state);
  const dueMs = clock === null ? null : expiryMs(clock);
  if (dueMs === null) sql.exec("DELETE FROM job WHERE id = 'expiry'");
  else enqueue(sql, 'expiry', dueMs);
  enqueue(sql, 'index', Date.now() + INDEX_PAUSE_MS);
  if (state.result?.status === 'official') enqueue(sql, 'judged', Date.now() + INDEX_PAUSE_MS);
}

/** A burst of changes becomes one line. */
const INDEX_PAUSE_MS = 500;
