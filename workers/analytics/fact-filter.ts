import { FACTS_VERSION } from '../../domain/analytics/index.ts';
import { AUDIENCES, type Caller, inAudience, type Role } from '../../domain/roles/index.ts';

/** Which bouts' facts are asked for. */
export type FactFilter = {
  /** Venue-local dates, both included; bouts without a date are then left out. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly sport?: string | undefined;
  readonly ruleset?: string | undefined;
  readonly boutId?: string | undefined;
  readonly includeSimulated: boolean;
};

export type Where = { readonly sql: string; readonly values: readonly (string | number)[] };

/** They are kept behind by a bout's delay, as in the bout itself. */
const DELAYED: readonly (Role | null)[] = [null, 'viewer', 'broadcaster', 'camera'];

/**
 * The bouts (`fact_bout` as `b`) that a caller may see, as a condition: within reach of the token, with statistics
 * released to the role, no longer held back by the delay, and of the version of facts that is read here.
 */
export function factWhere(caller: Caller | null, filter: FactFilter, nowMs: number): Where {
  const role = caller?.role ?? null;
  const released = AUDIENCES.filter((audience) => inAudience(role, audience));
  const conditions = ['b.version = ?', 'b.statistics_to IN (SELECT value FROM json_each(?))'];
  const values: (string | number)[] = [FACTS_VERSION, JSON.stringify(released)];
  const add = (sql: string, value: string | number | null | undefined): void => {
    if (value === null || value === undefined) return;
    conditions.push(sql);
    values.push(value);
  };
  if (DELAYED.includes(role)) add('b.open_ms <= ?', nowMs);
  add('b.bout_id = ?', caller?.boutId);
  // A token for one bout of a card is for that bout, wherever it stands.
  if (caller !== null && caller.boutId === null) add('b.card_id = ?', caller.cardId);
  add('b.date >= ?', filter.from);
  add('b.date <= ?', filter.to);
  add('b.sport = ?', filter.sport);
  add('b.ruleset = ?', filter.ruleset);
  add('b.bout_id = ?', filter.boutId);
  if (!filter.includeSimulated) conditions.push('b.simulated = 0');
  return { sql: conditions.join(' AND '), values };
}
