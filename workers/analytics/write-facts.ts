import type { BoutFacts, TapFacts } from '../../domain/analytics/index.ts';
import type { ReleasePolicy } from '../../domain/bout/index.ts';
import { CORNERS } from '../../domain/corner.ts';

/** A bout as the index is told of it. `facts` is null until it is sealed. */
export type FactsOfBout = {
  readonly boutId: string;
  readonly cardId: string | null;
  readonly release: ReleasePolicy;
  readonly simulated: boolean;
  readonly facts: BoutFacts | null;
};

/**
 * The statements that put a bout's facts into the index in place of what stood there, for one batch: a crash leaves the
 * old ones or the new ones, and the same bout written again changes nothing. Without facts they only take away.
 */
export function writeFacts(index: D1Database, bout: FactsOfBout): D1PreparedStatement[] {
  const { boutId, facts } = bout;
  const cleared = TABLES.map((table) => index.prepare(`DELETE FROM ${table} WHERE bout_id = ?`).bind(boutId));
  if (facts === null) return cleared;
  const insert = (table: keyof typeof COLUMNS, rows: readonly Row[]): D1PreparedStatement =>
    index.prepare(INSERTS[table]).bind(boutId, JSON.stringify(rows));
  return [
    ...cleared,
    insert('fact_bout', [boutRow(bout, facts)]),
    insert('fact_fighter', fighterRows(facts)),
    insert('fact_round', roundRows(facts)),
    insert(
      'fact_device',
      facts.devices.map((one) => ({ ...one, ...tapColumns(one) })),
    ),
    insert(
      'fact_observer',
      facts.observers.map((one) => ({ ...one, ...tapColumns(one) })),
    ),
  ];
}

type Row = Readonly<Record<string, unknown>>;

const TAPS = [
  'taps',
  'strikes',
  'significant',
  'voided',
  'replaced',
  'suppressed',
  'late',
  'implausible',
  'after_swap',
  'active_ms',
  'lag_p05',
  'lag_p50',
  'lag_p95',
] as const;

/** Each table's columns besides the bout's id; a row's members bear their names. */
const COLUMNS = {
  fact_bout: [
    'version',
    'card_id',
    'date',
    'sport',
    'ruleset',
    'scheduled_rounds',
    'values_version',
    'simulated',
    'statistics_to',
    'official_ms',
    'open_ms',
    'method',
    'decision',
    'ended_round',
    'ended_ms',
  ],
  fact_fighter: ['corner', 'fighter', 'outcome'],
  fact_round: [
    'round',
    'corner',
    'fought_ms',
    'damage',
    'strikes',
    'significant',
    'head',
    'body',
    'leg',
    'distance',
    'clinch',
    'ground',
    'knockdowns',
    'flash',
    'hard',
    'near_finish',
    'rocked',
    'grappling',
    'takedowns',
    'stuffed',
    'submissions',
    'reversals',
    'control',
    'control_ms',
    'deduction_x10',
    'actions',
  ],
  fact_device: ['device', ...TAPS, 'numbered', 'missing'],
  fact_observer: ['kind', 'observer', 'scope', ...TAPS],
} as const;

const TABLES = ['fact_bout', 'fact_fighter', 'fact_round', 'fact_device', 'fact_observer'] as const;

/** A bout has hundreds of rows and a batch few statements: all rows of a table come as one JSON text. */
const INSERTS = {
  fact_bout: insertInto('fact_bout'),
  fact_fighter: insertInto('fact_fighter'),
  fact_round: insertInto('fact_round'),
  fact_device: insertInto('fact_device'),
  fact_observer: insertInto('fact_observer'),
} as const;

function insertInto(table: keyof typeof COLUMNS): string {
  const columns = COLUMNS[table];
  const values = columns.map((column) => `value ->> '${column}'`);
  return `INSERT INTO ${table} (bout_id, ${columns.join(', ')}) SELECT ?1, ${values.join(', ')} FROM json_each(?2)`;
}

function boutRow({ cardId, release, simulated }: FactsOfBout, facts: BoutFacts): Row {
  const { result } = facts;
  return {
    version: facts.version,
    card_id: cardId,
    date: facts.date,
    sport: facts.sport,
    ruleset: facts.ruleset,
    scheduled_rounds: facts.scheduledRounds,
    values_version: facts.valuesVersion,
    simulated: simulated ? 1 : 0,
    statistics_to: release.statistics,
    official_ms: result?.officialMs ?? 0,
    open_ms: result?.openMs ?? 0,
    method: result?.method ?? null,
    decision: result?.decision ?? null,
    ended_round: result?.round ?? null,
    ended_ms: result?.clockMs ?? null,
  };
}

function fighterRows({ result }: BoutFacts): Row[] {
  return result === null ? [] : CORNERS.map((corner) => ({ corner, ...result.fighters[corner] }));
}

function roundRows({ rounds }: BoutFacts): Row[] {
  return rounds.flatMap(({ round, foughtMs, corners }) =>
    CORNERS.map((corner) => {
      const { damage, grappling, control, deductionsX10, actions } = corners[corner];
      return {
        ...damage,
        ...grappling,
        near_finish: damage?.nearFinish ?? null,
        damage: damage?.microPoints ?? null,
        grappling: grappling?.microPoints ?? null,
        control: control?.microPoints ?? null,
        control_ms: control?.ms ?? null,
        deduction_x10: deductionsX10,
        actions: JSON.stringify(actions),
        round,
        corner,
        fought_ms: foughtMs,
      };
    }),
  );
}

function tapColumns({ afterSwap, activeMs, lag }: TapFacts): Row {
  return {
    after_swap: afterSwap,
    active_ms: activeMs,
    lag_p05: lag?.p05 ?? null,
    lag_p50: lag?.p50 ?? null,
    lag_p95: lag?.p95 ?? null,
  };
}
