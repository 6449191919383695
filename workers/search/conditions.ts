import type { Caller } from '../../domain/roles/index.ts';
import type { SearchQuery } from '../schemas/search.ts';
import { type Column, matchAll, matchOne, OPEN_COLUMNS } from './match.ts';
import { isCommission, releasedTo } from './released.ts';

type Value = string | number;

/** A piece of SQL with its values, in the order of its question marks. */
export type Clause = { readonly sql: string; readonly values: readonly Value[] };

/** Which bouts are meant, and which of them the caller may see at all. */
export function conditionsOf(caller: Caller | null, query: SearchQuery): Clause {
  const clauses: Clause[] = [
    clause('b.released_to IN (SELECT value FROM json_each(?))', JSON.stringify(releasedTo(caller))),
  ];
  const equal = (column: string, value: Value | null | undefined): void => {
    if (value !== null && value !== undefined) clauses.push(clause(`b.${column} = ?`, value));
  };
  equal('bout_id', caller?.boutId);
  equal('card_id', caller?.cardId);
  equal('bout_id', query.bout_id);
  equal('card_id', query.card_id);
  equal('position', query.bout_number);
  equal('sport', query.sport);
  equal('status', query.status);
  equal('simulated', flag(query.simulated));
  equal('sealed', flag(query.sealed));
  if (query.from !== undefined) clauses.push(clause('b.date >= ?', query.from));
  if (query.to !== undefined) clauses.push(clause('b.date <= ?', query.to));
  if (query.result === 'none') clauses.push(clause('b.method IS NULL'));
  else if (query.result !== undefined) clauses.push(clause('? IN (b.method, b.decision)', query.result));
  if (query.q !== undefined) clauses.push(found(matchAll(query.q, columnsFor(caller))));
  if (query.promotion !== undefined) clauses.push(found(matchAll(query.promotion, ['promotion'])));
  if (query.event !== undefined) clauses.push(found(matchAll(query.event, ['event'])));
  if (query.fighter !== undefined) {
    const byId = clause('? IN (b.fighter1_id, b.fighter2_id)', query.fighter);
    clauses.push(either(byId, found(matchOne(query.fighter, FIGHTERS))));
  }
  if (query.judge !== undefined) clauses.push(judged(query.judge, caller));
  return {
    sql: clauses.map(({ sql }) => sql).join(' AND '),
    values: clauses.flatMap(({ values }) => values),
  };
}

const FIGHTERS: readonly Column[] = ['fighter1', 'fighter2'];

/**
 * How well a bout answers `q`, by the bout alone, so that others which come or go meanwhile move no page: a fighter's
 * whole name before its beginning, then event, promotion, and whatever else.
 */
export function relevanceOf(q: string): Clause {
  const parts: readonly (readonly [weight: number, expression: string | null])[] = [
    [8, matchOne(q, FIGHTERS, true)],
    [4, matchOne(q, FIGHTERS)],
    [2, matchAll(q, ['event'])],
    [1, matchAll(q, ['promotion'])],
  ];
  const clauses = parts.map(([weight, expression]) => {
    const { sql, values } = found(expression);
    return { sql: `${weight} * (${sql})`, values };
  });
  return { sql: clauses.map(({ sql }) => sql).join(' + '), values: clauses.flatMap(({ values }) => values) };
}

function columnsFor(caller: Caller | null): readonly Column[] {
  return isCommission(caller) ? [...OPEN_COLUMNS, 'judges'] : OPEN_COLUMNS;
}

function judged(text: string, caller: Caller | null): Clause {
  const byId = clause('b.bout_id IN (SELECT bout_id FROM bout_judge WHERE judge_id = ?)', text);
  return isCommission(caller) ? either(byId, found(matchAll(text, ['judges']))) : byId;
}

/** Null is a text without words, which nothing holds. */
function found(expression: string | null): Clause {
  return expression === null
    ? clause('0')
    : clause('b.id IN (SELECT rowid FROM bout_text WHERE bout_text MATCH ?)', expression);
}

function either(one: Clause, other: Clause): Clause {
  return { sql: `(${one.sql} OR ${other.sql})`, values: [...one.values, ...other.values] };
}

function clause(sql: string, ...values: readonly Value[]): Clause {
  return { sql, values };
}

function flag(text: 'true' | 'false' | undefined): number | undefined {
  return text === undefined ? undefined : Number(text === 'true');
}
