import { type Actor, canonicalJson, type LeafObject } from '../../domain/ledger/index.ts';
import { ok, type Outcome, refuse } from '../../domain/refusal.ts';
import { checkRules, type RetentionRule } from '../../domain/storage/index.ts';
import { type Delivered, once } from '../once.ts';
import { append } from './ledger.ts';

/** The rules that hold; version 0 is a deployment that never set any: nothing is taken away. */
export type StorageRules = {
  readonly version: number;
  readonly rules: readonly RetentionRule[];
  /** Null at version 0. */
  readonly changedMs: number | null;
};

export type ChangeRules = {
  /** The version that the change is made to: who has not seen the newest is refused. */
  readonly version: number;
  readonly rules: readonly RetentionRule[];
  readonly reason: string;
  readonly by: Actor;
  readonly eventId: string | null;
};

/** What the platform itself holds, in bytes and rows. */
export type PlatformUsage = { readonly databaseBytes: number; readonly bouts: number; readonly entries: number };

export function readRules(sql: SqlStorage): StorageRules {
  const [row] = sql.exec<{ version: number; rules: string; changed_ms: number }>(
    'SELECT version, rules, changed_ms FROM storage_rules ORDER BY version DESC LIMIT 1',
  );
  if (row === undefined) return { version: 0, rules: [], changedMs: null };
  // This object's own writing, checked when it was written.
  const rules: readonly RetentionRule[] = JSON.parse(row.rules);
  return { version: row.version, rules, changedMs: row.changed_ms };
}

/** Puts all rules in place of those before. The caller holds the transaction. */
export function changeRules(sql: SqlStorage, input: ChangeRules, nowMs: number): Outcome<Delivered<StorageRules>> {
  const checked = checkRules(input.rules);
  if (!checked.ok) return checked;
  const rules = checked.value;
  const content = `storage_rules|${canonicalJson({
    version: input.version,
    rules: rules.map(ruleLeaf),
    reason: input.reason,
    subject: input.by.subject,
  })}`;
  return once(sql, input.eventId, content, (eventId) => {
    const before = readRules(sql);
    if (before.version !== input.version) {
      const detail = `version: the rules stand at version ${before.version}; read them again before changing them.`;
      return refuse('conflict', detail, 'version');
    }
    const version = before.version + 1;
    append(sql, {
      kind: 'config',
      eventId,
      actor: input.by,
      receivedMs: nowMs,
      payload: { type: 'storage_rules', version, rules: rules.map(ruleLeaf), reason: input.reason },
    });
    sql.exec(
      'INSERT INTO storage_rules (version, rules, changed_ms) VALUES (?, ?, ?)',
      version,
      JSON.stringify(rules),
      nowMs,
    );
    return ok({ answer: { version, rules, changedMs: nowMs } });
  });
}

export function platformUsage(sql: SqlStorage): PlatformUsage {
  const count = (table: 'bout' | 'entry'): number =>
    sql.exec<{ count: number }>(`SELECT count(*) AS count FROM ${table}`).one().count;
  return { databaseBytes: sql.databaseSize, bouts: count('bout'), entries: count('entry') };
}

/** Of these bouts, those that have been recorded. */
export function knownBouts(sql: SqlStorage, boutIds: readonly string[]): readonly string[] {
  return sql
    .exec<{ bout_id: string }>(
      'SELECT bout_id FROM bout WHERE bout_id IN (SELECT value FROM json_each(?))',
      JSON.stringify(boutIds),
    )
    .toArray()
    .map((row) => row.bout_id);
}

function ruleLeaf(rule: RetentionRule): LeafObject {
  return { class: rule.class, promotion: rule.promotion, max_age_days: rule.maxAgeDays };
}
