import { DurableObject } from 'cloudflare:workers';
import type { Verdict } from '../../domain/ledger/index.ts';
import type { Outcome } from '../../domain/refusal.ts';
import { migrate } from '../migrate.ts';
import type { Delivered } from '../once.ts';
import { findBout, listBouts, listCards, recordBout, recordCard } from './directory.ts';
import type { ListBouts, ListCards, ListedBout, ListedCard, RecordBout, RecordCard, Recorded } from './directory.ts';
import { head, type Head, verify } from './ledger.ts';
import { noteStatuses, type NoteStatuses, type NotedStatuses, readScheduledMs } from './monitor-status.ts';
import { type AddTraffic, addPart, readTraffic, type ReadTraffic } from './monitor-traffic.ts';
import { PLATFORM_MIGRATIONS } from './schema.ts';
import { listShadow, recordShadow, shadowScored } from './shadow.ts';
import type { RecordShadow, ShadowEntry, ShadowPlace } from './shadow.ts';
import { reachOf, recordToken, revoke, revokedSince } from './tokens.ts';
import type { Reach, ReadTo, RecordToken, RevokedSince, RevokeToken, TokenGrant } from './tokens.ts';

/**
 * The one object that stands for the deployment: its own ledger of cards, bouts, tokens granted and tokens revoked,
 * and trainees' scorecards; beside it, for a day, what the edge counted and how the deployment's parts were.
 * Every mutation is one synchronous transaction, so a crash leaves either all of it or nothing.
 */
export class Platform extends DurableObject<unknown> {
  constructor(ctx: DurableObjectState, env: unknown) {
    super(ctx, env);
    migrate(ctx.storage, PLATFORM_MIGRATIONS);
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
