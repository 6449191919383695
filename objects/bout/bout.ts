import { DurableObject } from 'cloudflare:workers';
import type { ReleasePolicy } from '../../domain/bout/index.ts';
import type { Corner } from '../../domain/corner.ts';
import { ok, type Outcome } from '../../domain/refusal.ts';
import type { Caller } from '../../domain/roles/index.ts';
import type { LogInput } from '../../domain/wire/log-body.ts';
import { readTap, writeTapAnswer } from '../../domain/wire/tap.ts';
import { migrate } from '../migrate.ts';
import type { BoutContext, BoutEnv } from './context.ts';
import { correct, type CorrectionInput } from './actions/corrections.ts';
import { createBout, type CreateInput } from './creation.ts';
import { erasePerson, planErasureHere } from './people/erase.ts';
import type { ErasedHere, ErasePerson, FoundHere } from './people/erase.ts';
import { createFanOut, dismiss, dismissFormerJudges } from './sockets/fan-out.ts';
import * as fighters from './people/fighters.ts';
import { confirmIndexed, type IndexReceipt } from './jobs/index-news.ts';
import { arm, runJobs } from './jobs/run.ts';
import type { Asked } from './people/who.ts';
import { openLedger } from './ledger/ledger.ts';
import { type BatchItem, logBatch, logOne } from './actions/logging.ts';
import * as officials from './officials/index.ts';
import * as record from './record/index.ts';
import * as reads from './reads/index.ts';
import type { BatchResult, Delivery } from './replies.ts';
import { revokeTokens } from './sockets/revocation.ts';
import { BOUT_MIGRATIONS } from './ledger/schema.ts';
import { openSession, restoreSession, type SessionInput } from './sessions.ts';
import { createSocketTaps } from './sockets/taps.ts';
import { onMessage, openSocket, readmit } from './sockets/sockets.ts';
import { readOffsets, readTelemetry, reportTelemetry, type TelemetryInput } from './telemetry.ts';

/**
 * One bout: the one place where its entries are put in order. Named by the bout's id. The class wires;
 * what it does stands in the modules beside it. No method awaits anything between reading and writing,
 * so each runs as if alone.
 */
export class Bout extends DurableObject<BoutEnv> {
  readonly #context: BoutContext;

  constructor(ctx: DurableObjectState, env: BoutEnv) {
    super(ctx, env);
    const { storage } = ctx;
    // An id that somebody merely asked for has no schema, and asking stores nothing.
    const exists =
      storage.sql.exec("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'entry'").toArray().length > 0;
    if (exists) migrate(storage, BOUT_MIGRATIONS);
    this.#context = {
      boutId: ctx.id.name ?? '',
      ctx,
      env,
      ledger: exists ? openLedger(storage) : null,
      fanOut: createFanOut(),
      offsets: exists ? readOffsets(storage.sql) : new Map(),
      socketTaps: createSocketTaps(),
    };
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair('ping', 'pong'));
    readmit(this.#context);
    // A crash between a substitution and the closing of the former judge's sockets leaves them open.
    dismissFormerJudges(this.#context);
    record.compareAtStart(this.#context);
    // Whatever a crash left owing is taken up again.
    ctx.waitUntil(arm(this.#context));
  }

  async create(caller: Caller, input: CreateInput): Promise<Outcome<Delivery>> {
    const isFree = await record.checkUnpublished(this.#context);
    if (!isFree.ok) return isFree;
    const outcome = createBout(this.#context, caller, input);
    await arm(this.#context);
    return outcome;
  }

  /** Runs what is due now instead of waiting for the alarm. */
  async settle(): Promise<void> {
    await runJobs(this.#context);
  }

  /** Takes a text of `writeTap` and answers one of `writeTapAnswer`. */
  tap(text: string): string {
    const { caller, input } = readTap(text);
    return writeTapAnswer(logOne(this.#context, caller, input));
  }

  logAction(caller: Caller, input: LogInput): Outcome<Delivery> {
    return logOne(this.#context, caller, input);
  }

  logBatch(caller: Caller, items: readonly BatchItem[]): Outcome<readonly BatchResult[]> {
    return logBatch(this.#context, caller, items);
  }

  correct(caller: Caller, input: CorrectionInput): Outcome<Delivery> {
    return correct(this.#context, caller, input);
  }

  setClock(caller: Caller, input: officials.ClockInput): Outcome<Delivery> {
    return officials.setClock(this.#context, caller, input);
  }

  lockRound(caller: Caller, input: officials.LockInput): Outcome<Delivery> {
    return officials.lockRound(this.#context, caller, input);
  }

  rule(caller: Caller, input: officials.RulingInput): Outcome<Delivery> {
    return officials.rule(this.#context, caller, input);
  }

  submitScorecard(caller: Caller, input: officials.ScorecardInput): Outcome<Delivery> {
    return officials.submitScorecard(this.#context, caller, input);
  }

  reopenScorecard(caller: Caller, input: officials.ReopenInput): Outcome<Delivery> {
    return officials.reopenScorecard(this.#context, caller, input);
  }

  signScorecard(caller: Caller, input: officials.SignInput): Outcome<Delivery> {
    return officials.signScorecard(this.#context, caller, input);
  }

  proposePaper(caller: Caller, input: officials.PaperInput): Outcome<Delivery> {
    return officials.proposePaper(this.#context, caller, input);
  }

  proposePanel(caller: Caller, input: officials.PanelInput): Outcome<Delivery> {
    return officials.proposePanel(this.#context, caller, input);
  }

  confirmProposal(caller: Caller, input: officials.ConfirmInput): Outcome<Delivery> {
    return officials.confirmProposal(this.#context, caller, input);
  }

  acknowledgeRuling(caller: Caller, input: officials.AcknowledgeInput): Outcome<Delivery> {
    return officials.acknowledgeRuling(this.#context, caller, input);
  }

  finalize(caller: Caller, input: officials.FinalizeInput): Outcome<Delivery> {
    return officials.finalize(this.#context, caller, input);
  }

  async configure(caller: Caller, input: officials.ConfigureInput): Promise<Outcome<Delivery>> {
    return await officials.configure(this.#context, caller, input);
  }

  setParticulars(caller: Caller, input: fighters.ParticularsInput) {
    return fighters.setParticulars(this.#context, caller, input);
  }

  setPhoto(caller: Caller, input: fighters.PhotoInput): Outcome<string> {
    return fighters.setPhoto(this.#context, caller, input);
  }

  removePhoto(caller: Caller, corner: Corner): Outcome<true> {
    return fighters.removePhoto(this.#context, caller, corner);
  }

  fighters(caller: Caller | null) {
    return fighters.readFighters(this.#context, caller);
  }

  photo(caller: Caller | null, corner: Corner, has: readonly string[] | null): Outcome<fighters.Photo> {
    return fighters.readPhoto(this.#context, caller, corner, has);
  }

  view(caller: Caller | null): Outcome<string> {
    return asText(reads.readView(this.#context, caller));
  }

  verdict(caller: Caller | null, round: number) {
    return reads.readVerdict(this.#context, caller, round);
  }

  events(caller: Caller | null, round: number): Outcome<string> {
    return asText(reads.readEvents(this.#context, caller, round));
  }

  replay(caller: Caller | null, round: number, seconds: number): Outcome<string> {
    return asText(reads.readReplay(this.#context, caller, round, seconds));
  }

  live(caller: Caller | null) {
    return reads.readLive(this.#context, caller);
  }

  final(caller: Caller | null) {
    return reads.readFinal(this.#context, caller);
  }

  recommendations(caller: Caller | null): Outcome<string> {
    return asText(reads.readRecommendations(this.#context, caller));
  }

  scorecards(caller: Caller | null): Outcome<string> {
    return asText(reads.readScorecards(this.#context, caller));
  }

  findings(caller: Caller, round: number): Outcome<string> {
    return asText(reads.readFindings(this.#context, caller, round));
  }

  openSession(caller: Caller, input: SessionInput): Outcome<string> {
    return asText(openSession(this.#context, caller, input));
  }

  restoreSession(caller: Caller, sessionId: string, takeOver: boolean): Outcome<string> {
    return asText(restoreSession(this.#context, caller, sessionId, takeOver));
  }

  reportTelemetry(caller: Caller, input: TelemetryInput) {
    return reportTelemetry(this.#context, caller, input);
  }

  telemetry(caller: Caller) {
    return readTelemetry(this.#context, caller);
  }

  /** What the bout holds about a person, JSON of a `PersonHere`; null where it holds nothing. */
  person(caller: Caller, asked: Asked): Outcome<string | null> {
    const here = reads.readPerson(this.#context, caller, asked);
    return here.ok ? ok(here.value === null ? null : JSON.stringify(here.value)) : here;
  }

  /** For the platform's erasures, which have asked who may. */
  async erasePerson(input: ErasePerson): Promise<Outcome<ErasedHere>> {
    return await erasePerson(this.#context, input);
  }

  /** What an erasure within this bout alone would find; refused where it would find nobody. */
  async planErasure(caller: Caller, personId: string): Promise<Outcome<FoundHere>> {
    return await planErasureHere(this.#context, caller, personId);
  }

  /** What the index is to say of the bout, JSON of an `Indexed`; nobody is checked: only what keeps the index asks. */
  indexed(): string {
    return JSON.stringify(reads.readIndexed(this.#context));
  }

  /** The index has what was read with this receipt. */
  confirmIndexed(receipt: IndexReceipt): void {
    confirmIndexed(this.#context, receipt);
  }

  async seal(caller: Caller, input: record.SealInput): Promise<Outcome<Delivery>> {
    return await record.seal(this.#context, caller, input);
  }

  /** For whoever may have these parts of the record: all, where nothing is said. */
  archiveFacts(caller: Caller | null, parts?: readonly (keyof ReleasePolicy)[]): Outcome<record.ArchiveFacts> {
    return record.archiveFacts(this.#context, caller, parts);
  }

  /** The latest checkpoint, a signed note, as the caller may see it. */
  checkpoint(caller: Caller | null): Outcome<string> {
    return record.readCheckpoint(this.#context, caller);
  }

  /** That an entry stands in the ledger: a `.tlog-proof` under the latest checkpoint. */
  proof(caller: Caller | null, index: number): Outcome<string> {
    return record.readInclusion(this.#context, caller, index);
  }

  /** For the monitor; null where there is no such bout. */
  health() {
    return reads.readHealth(this.#context);
  }

  /** Closes the sockets of tokens that have been revoked. */
  revoke(tokenIds: readonly string[]): void {
    revokeTokens(this.#context, tokenIds);
  }

  /** Only the socket's upgrade, from the edge. */
  override fetch(request: Request): Response {
    return openSocket(this.#context, request);
  }

  override webSocketMessage(socket: WebSocket, data: string | ArrayBuffer): void {
    onMessage(this.#context, socket, data);
  }

  override webSocketClose(socket: WebSocket): void {
    dismiss(this.#context, socket);
    // A hibernating socket's Close is not answered by the runtime: without this, the client waits 10 s for nothing.
    socket.close(1000);
  }

  override webSocketError(socket: WebSocket): void {
    dismiss(this.#context, socket);
  }

  override async alarm(): Promise<void> {
    await runJobs(this.#context);
  }
}

/** Large answers are written once, here, and pass the edge as they are. */
function asText(outcome: Outcome<object>): Outcome<string> {
  return outcome.ok ? ok(JSON.stringify(outcome.value)) : outcome;
}
