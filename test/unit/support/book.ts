import { DEFAULT_VALUES, VALUES_VERSION } from '../../../domain/actions/index.ts';
import {
  beginBout,
  type BoutConfig,
  type BoutState,
  configToLeaf,
  DEFAULT_RELEASE,
  fold,
  roundOf,
  type RoundState,
} from '../../../domain/bout/index.ts';
import { type Actor, type Draft, type Entry, ZERO_HASH } from '../../../domain/ledger/index.ts';
import type { Outcome } from '../../../domain/refusal.ts';
import { type Rules, rulesOf } from '../../../domain/rules/index.ts';
import { DEFAULT_LIMITS } from '../../../domain/validator/index.ts';

/** The first bell of every bout in these tests. */
export const T0 = Date.UTC(2026, 0, 10, 20);

export const ROUND_MS = 300_000;

/** Long after every round is over. */
export const LATER = T0 + 86_400_000;

/** A rule set that there must be. */
export function ruleSet(id: string): Rules {
  const rules = rulesOf(id);
  if (rules === null) throw new Error(`no rule set ${id}`);
  return rules;
}

export const CONFIG: BoutConfig = {
  boutId: 'bout_123',
  cardId: null,
  promotion: 'PFC',
  event: 'PFC-50',
  date: '2026-01-10',
  timeZone: 'America/Los_Angeles',
  sport: 'mma',
  ruleset: 'mma-unified',
  rules: ruleSet('mma-unified'),
  scheduledRounds: 3,
  roundLengthMs: ROUND_MS,
  fighters: { red: { id: 'john-doe', commitment: 'c1' }, blue: { id: 'jane-smith', commitment: 'c2' } },
  judges: ['JUDGE001', 'JUDGE002', 'JUDGE003'].map((id) => ({ id, commitment: `c-${id}`, person: null })),
  release: DEFAULT_RELEASE,
  delayMs: 0,
  simulated: false,
  judgesLog: true,
  validator: DEFAULT_LIMITS,
  model: 'test',
  valuesVersion: VALUES_VERSION,
  values: DEFAULT_VALUES,
  build: 'test',
};

export function panel(...seats: readonly string[]): BoutConfig['judges'] {
  return seats.map((id) => ({ id, commitment: '', person: null }));
}

/** What a test says of an entry; the rest has a plain value. */
export type Line = Pick<Entry, 'kind' | 'payload'> & Partial<Draft>;

/** A bout's ledger in memory. */
export type Book = { state: BoutState; readonly entries: Entry[] };

export const SYSTEM: Actor = { subject: 'system', role: 'system', seat: null, device: null };

export function openBook(changes: Partial<BoutConfig> = {}): Book {
  const entry = entryOf(0, { kind: 'config', payload: configToLeaf({ ...CONFIG, ...changes }) });
  return { state: valueOf(beginBout(deepFreeze(entry))), entries: [entry] };
}

/** A book that holds these lines, each of which must be accepted. */
export function bookOf(lines: readonly Line[], changes: Partial<BoutConfig> = {}): Book {
  const book = openBook(changes);
  for (const line of lines) write(book, line);
  return book;
}

/**
 * Folds a line onto the book; one that is refused leaves the book as it was. State and entry are frozen
 * through and through before: a fold that changed either in place would throw.
 */
export function tryWrite(book: Book, line: Line): Outcome<Entry> {
  const entry = deepFreeze(entryOf(book.state.next, line));
  const folded = fold(deepFreeze(book.state), entry, (index) => book.entries[index] ?? null);
  if (!folded.ok) return folded;
  book.state = folded.value;
  book.entries.push(entry);
  return { ok: true, value: entry };
}

export function write(book: Book, line: Line): Entry {
  return valueOf(tryWrite(book, line));
}

/** Why a line is refused: its code and the fields that are named. Null where it is accepted. */
export function refusal(book: Book, line: Line): { code: string; fields: string[] } | null {
  const outcome = tryWrite(book, line);
  return outcome.ok ? null : { code: outcome.code, fields: outcome.errors.map((error) => error.field) };
}

export function round(book: Book, number = 1): RoundState {
  return roundOf(book.state, number);
}

/** The value of an outcome that must not be a refusal. */
export function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`refused: ${outcome.code} ${outcome.detail}`);
  return outcome.value;
}

function entryOf(index: number, line: Line): Entry {
  return {
    eventId: `evt-${index}`,
    actor: SYSTEM,
    timestampMs: null,
    receivedMs: T0,
    round: null,
    clockMs: null,
    clockSource: null,
    flags: [],
    eventHash: null,
    prevChainHash: ZERO_HASH,
    deviceEpoch: null,
    deviceSeq: null,
    signature: null,
    ...line,
    index,
  };
}

export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) deepFreeze(part);
  }
  return value;
}
