import { DurableObject } from 'cloudflare:workers';
import type { Verdict } from '../../domain/ledger/index.ts';
import type { Outcome } from '../../domain/refusal.ts';
import { migrate } from '../migrate.ts';
import type { Delivered } from '../once.ts';
import { findBout, listBouts, listCards, recordBout, recordCard } from './directory.ts';
import type { ListBouts, ListCards, ListedBout, ListedCard, RecordBout, RecordCard, Recorded } from './directory.ts';
import { beginErasure, erasureWork, noteErasure, openErasures, readErasure } from './erasures.ts';
import type { BeginErasure, Erasure, ErasureWork, NoteErasure } from './erasures.ts';
import { head, type Head, verify } from './ledger.ts';
import { addCheckpoint, createLog, ledgerCheckpoint, logCheckpoint, logHealth, proofOf } from './log/index.ts';
import { publicKeys, runLogJobs, tileAt, wakeLog } from './log/index.ts';
import type { AddCheckpoint, AddedCheckpoint, LogContext, LogEnv, LogHealth, PublicKeys } from './log/index.ts';
import { noteStatuses, type NoteStatuses, type NotedStatuses, readScheduledMs } from './monitor-status.ts';
import { type AddTraffic, addPart, readTraffic, type ReadTraffic } from './monitor-traffic.ts';
import { type PersonOfPlatform, readPerson } from './person.ts';
import { type RecordedRelease, recordRelease, type RecordRelease } from './release-after-seal.ts';
import { PLATFORM_MIGRATIONS } from './schema.ts';
import { listShadow, recordShadow, shadowScored } from './shadow.ts';
import type { RecordShadow, ShadowEntry, ShadowPlace } from './shadow.ts';
import { changeRules, type ChangeRules, knownBouts, platformUsage, type PlatformUsage } from './storage-rules.ts';
import { readRules, type StorageRules } from './storage-rules.ts';
import { beginClean, type BeginClean, type BegunClean, type CleanDone, type CleanRun } from './storage-runs.ts';
import { finishClean, type FinishClean, readClean } from './storage-runs.ts';
import { reachOf, recordToken, revoke, revokedSince } from './tokens.ts';
import type { Reach, ReadTo, RecordToken, RevokedSince, RevokeToken, TokenGrant } from './tokens.ts';

/**
 * The one object that stands for the deployment: its own ledger of cards, bouts, tokens granted and tokens revoked,
 * and trainees' scorecards; beside it, for a day, what the edge counted and how the deployment's parts were.
 * Every mutation is one synchronous transaction, so a crash leaves either all of it or nothing.
 */
export class Platform extends DurableObject<LogEnv> {
  readonly #log: LogContext;

  constructor(ctx: DurableObjectState, env: LogEnv) {
    super(ctx, env);
    migrate(ctx.storage, PLATFORM_MIGRATIONS);
    this.#log = createLog(ctx.storage, env);
    // Whatever a crash left owing is taken up again.
    ctx.waitUntil(wakeLog(this.#log));
  }

  override async alarm(): Promise<void> {
    await runLogJobs(this.#log);
  }

  /** Adds a bout's signed checkpoint to the log of checkpoints; the same one again gets the first answer. */
  async addCheckpoint(input: AddCheckpoint): Promise<Outcome<AddedCheckpoint>> {
    return await addCheckpoint(this.#log, input);
  }

  /** The proof that a bout's checkpoint of this size stands in the published log; null where it does not yet. */
  proofOf(boutId: string, size: number): string | null {
    return proofOf(this.ctx.storage.sql, boutId, size);
  }

  /** The newest published checkpoint of the log, with its cosignatures; null before the first. */
  logCheckpoint(): string | null {
    return logCheckpoint(this.ctx.storage.sql);
  }

  /** The newest checkpoint of the deployment's own ledger; null before the first. */
  ledgerCheckpoint(): string | null {
    return ledgerCheckpoint(this.ctx.storage.sql);
  }

  /** A file of the published log by its path of c2sp.org/tlog-tiles; null where there is none. */
  logTile(path: string): Uint8Array | null {
    return tileAt(this.ctx.storage.sql, path);
  }

  /** The key that checkpoints are signed with, and those before it. */
  logKeys(): Outcome<PublicKeys> {
    return publicKeys(this.#log);
  }

  async logHealth(): Promise<LogHealth> {
    return await logHealth(this.#log);
  }

  recordToken(input: RecordToken): Outcome<Delivered<TokenGrant>> {
    return this.#write((sql, nowMs) => recordToken(sql, input, nowMs));
  }

  revoke(input: RevokeToken): Outcome<Delivered<{ readonly tokenId: string }>> {
    return this.#write((sql, nowMs) => revoke(sql, input, nowMs));
  }

  /** null for a token that was never recorded. */
  reachOf(tokenId: string): Reach | null {
    return reachOf(this.ctx.storage.sql, tokenId);
  }

  /** The edge asks this every few seconds with the `readTo` that it got last; a first time with no entries. */
  revoked(readTo: ReadTo): RevokedSince {
    return revokedSince(this.ctx.storage.sql, readTo, Date.now());
  }

  recordCard(input: RecordCard): Outcome<Recorded> {
    return this.#write((sql, nowMs) => recordCard(sql, input, nowMs));
  }

  recordBout(input: RecordBout): Outcome<Recorded> {
    return this.#write((sql, nowMs) => recordBout(sql, input, nowMs));
  }

  /** Where a bout belongs; null where it was never recorded. */
  findBout(boutId: string): ListedBout | null {
    return findBout(this.ctx.storage.sql, boutId);
  }

  bouts(list: ListBouts): readonly ListedBout[] {
    return listBouts(this.ctx.storage.sql, list);
  }

  cards(list: ListCards): readonly ListedCard[] {
    return listCards(this.ctx.storage.sql, list);
  }

  /** The answer is the comparison that came with the trainee's first scorecard of the round. */
  recordShadow(input: RecordShadow): Outcome<Delivered<string>> {
    return this.#write((sql, nowMs) => recordShadow(sql, input, nowMs));
  }

  /** Which of these rounds a trainee has scored. */
  shadowScored(subject: string, places: readonly ShadowPlace[]): readonly ShadowPlace[] {
    return shadowScored(this.ctx.storage.sql, subject, places);
  }

  /** A trainee's scorecards, newest first. */
  shadowScorecards(subject: string, limit: number): readonly ShadowEntry[] {
    return listShadow(this.ctx.storage.sql, subject, limit);
  }

  /** What an isolate has counted; the same part again counts once. */
  addTraffic(part: AddTraffic): void {
    this.#write((sql, nowMs) => addPart(sql, part, nowMs));
  }

  /** Traffic by minute since `from`, by route since `recentFrom`, and when the look of every minute was last taken. */
  traffic(from: number, recentFrom: number): ReadTraffic & { readonly scheduledMs: number | null } {
    const { sql } = this.ctx.storage;
    return { ...readTraffic(sql, from, recentFrom), scheduledMs: readScheduledMs(sql) };
  }

  noteStatuses(input: NoteStatuses): NotedStatuses {
    return this.#write((sql, nowMs) => noteStatuses(sql, input, nowMs));
  }

  storageRules(): StorageRules {
    return readRules(this.ctx.storage.sql);
  }

  changeStorageRules(input: ChangeRules): Outcome<Delivered<StorageRules>> {
    return this.#write((sql, nowMs) => changeRules(sql, input, nowMs));
  }

  /** A clean-up that was begun under this id; null where there is none. */
  cleanOf(runId: string, asked: string): BegunClean | null {
    return readClean(this.ctx.storage.sql, runId, asked);
  }

  beginClean(input: BeginClean): Outcome<Delivered<CleanRun>> {
    return this.#write((sql, nowMs) => beginClean(sql, input, nowMs));
  }

  finishClean(input: FinishClean): Outcome<Delivered<CleanDone>> {
    return this.#write((sql, nowMs) => finishClean(sql, input, nowMs));
  }

  usage(): PlatformUsage {
    return platformUsage(this.ctx.storage.sql);
  }

  /** Of these bouts, those that have been recorded. */
  knownBouts(boutIds: readonly string[]): readonly string[] {
    return knownBouts(this.ctx.storage.sql, boutIds);
  }

  beginErasure(input: BeginErasure): Outcome<Delivered<{ readonly erasureId: string }>> {
    return this.#write((sql, nowMs) => beginErasure(sql, input, nowMs));
  }

  erasureWork(erasureId: string, limit: number): ErasureWork | null {
    return erasureWork(this.ctx.storage.sql, erasureId, limit);
  }

  noteErasure(input: NoteErasure): Erasure | null {
    return this.#write((sql, nowMs) => noteErasure(sql, input, nowMs));
  }

  erasure(erasureId: string): Erasure | null {
    return readErasure(this.ctx.storage.sql, erasureId);
  }

  openErasures(): readonly string[] {
    return openErasures(this.ctx.storage.sql);
  }

  /** What is held here about a token's subject. */
  person(personId: string): PersonOfPlatform {
    return readPerson(this.ctx.storage.sql, personId);
  }

  recordRelease(input: RecordRelease): Outcome<Delivered<RecordedRelease>> {
    return this.#write((sql) => recordRelease(sql, input));
  }

  head(): Head {
    return head(this.ctx.storage.sql);
  }

  verify(): Verdict {
    return verify(this.ctx.storage.sql);
  }

  #write<T>(act: (sql: SqlStorage, nowMs: number) => T): T {
    return this.ctx.storage.transactionSync(() => act(this.ctx.storage.sql, Date.now()));
  }
}
