import { type ReleasePolicy, releaseToLeaf } from '../../domain/bout/index.ts';
import { type Actor, canonicalJson } from '../../domain/ledger/index.ts';
import { ok, type Outcome } from '../../domain/refusal.ts';
import { type Delivered, once } from '../once.ts';
import { append, hashOf } from './ledger.ts';

/** A change of who sees a sealed bout, told by the bout's object, which has it in force already. */
export type RecordRelease = {
  readonly boutId: string;
  /** Of the bout's changes after the seal, from 1. */
  readonly change: number;
  /** Null where the change leaves it as it was. */
  readonly release: ReleasePolicy | null;
  readonly delayMs: number | null;
  readonly reason: string | null;
  readonly by: Actor;
  readonly receivedMs: number;
  readonly eventId: string;
};

/** The entry of the deployment's ledger; `hash` is its chain hash. */
export type RecordedRelease = { readonly index: number; readonly hash: string };

/** Records a change once, however often it is told. */
export function recordRelease(sql: SqlStorage, input: RecordRelease): Outcome<Delivered<RecordedRelease>> {
  const { boutId, change, release, by, eventId, receivedMs } = input;
  const payload = {
    type: 'release_after_seal',
    bout_id: boutId,
    change,
    release_policy: release === null ? null : releaseToLeaf(release),
    delay_ms: input.delayMs,
    reason: input.reason,
  };
  // Under the change's own name: the caller's id may stand for something else here.
  return once(sql, `release:${change}:${boutId}`, canonicalJson(payload), () => {
    const index = append(sql, { kind: 'config', eventId, actor: by, receivedMs, payload });
    return ok({ answer: { index, hash: hashOf(sql, index) ?? '' } });
  });
}
