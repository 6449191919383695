import { sha256 } from '../../domain/ledger/index.ts';
import { DEFAULT_VALUES, VALUES_VERSION } from '../../domain/actions/index.ts';
import { type BoutConfig, configToLeaf, type Person, type ReleasePolicy } from '../../domain/bout/index.ts';
import { ok, type Outcome, refuse } from '../../domain/refusal.ts';
import type { Caller } from '../../domain/roles/index.ts';
import type { Rules } from '../../domain/rules/index.ts';
import { MMA_MODEL, STRIKING_MODEL } from '../../domain/scoring/index.ts';
import type { ValidatorLimits } from '../../domain/validator/index.ts';
import { migrate } from '../migrate.ts';
import type { BoutContext } from './context.ts';
import { newEventId, quietly } from './drafts.ts';
import { enqueue, INDEX_PAUSE_MS } from './jobs/run.ts';
import { append, commit, entryAt, type Ledger, openLedger, openPending } from './ledger/ledger.ts';
import { CLAIM, commitmentOf, fighterKey, judgeKey, newPerson, type PersonRow, writePeople } from './people/names.ts';
import { delivered, type Delivery, repeated } from './replies.ts';
import { BOUT_MIGRATIONS } from './ledger/schema.ts';

export type NamedPerson = { readonly id: string; readonly name: string };

/** `person` is the judge's own id, where it is known apart from the seat's. */
export type NamedJudge = NamedPerson & { readonly person: string | null };

export type CreateInput = {
  readonly cardId: string | null;
  readonly promotion: string;
  readonly event: string;
  readonly date: string | null;
  readonly timeZone: string | null;
  readonly sport: string;
  readonly ruleset: string;
  /** What the bout is judged by, the jurisdiction's choices applied. */
  readonly rules: Rules;
  readonly validator: ValidatorLimits;
  readonly scheduledRounds: number;
  readonly roundLengthMs: number;
  readonly fighter1: NamedPerson;
  readonly fighter2: NamedPerson;
  readonly judges: readonly NamedJudge[];
  readonly release: ReleasePolicy;
  readonly delayMs: number;
  readonly simulated: boolean;
  readonly judgesLog: boolean;
  readonly build: string;
  readonly eventId: string | null;
};

/**
 * Sets a bout up: its schema, its first entry, the names beside it and the work of making it known, all
 * in one transaction. A crash leaves either no bout or the whole of it.
 */
export function createBout(context: BoutContext, caller: Caller, input: CreateInput): Outcome<Delivery> {
  if (caller.boutId !== null && caller.boutId !== context.boutId) {
    return refuse('forbidden', `This token is for bout '${caller.boutId}'.`, 'bout_id');
  }
  if (caller.cardId !== null && caller.cardId !== input.cardId) {
    return refuse('forbidden', `This token is for card '${caller.cardId}'.`, 'card_id');
  }
  const { build: _build, judgesLog, ...asked } = input;
  // What is left out means what it meant before it could be said: a request from then is still the same one.
  const claimHash = sha256(JSON.stringify(judgesLog ? asked : { ...asked, judgesLog }));
  if (context.ledger?.state != null) return answerExisting(context.ledger, input, claimHash, context.boutId);
  if (context.ledger?.fault != null) {
    // The remains of a ledger are evidence: nothing is set up over them.
    return refuse('unavailable', `The ledger of bout '${context.boutId}' does not check out.`, 'bout_id');
  }
  const { storage } = context.ctx;
  return storage.transactionSync(() => {
    migrate(storage, BOUT_MIGRATIONS);
    const ledger = openLedger(storage);
    const pending = openPending(ledger);
    const people = peopleOf(input);
    const entry = append(pending, {
      ...quietly(caller, Date.now()),
      eventId: input.eventId ?? newEventId(),
      kind: 'config',
      flags: input.simulated ? ['simulated'] : [],
      payload: configToLeaf(configOf(context.boutId, input, people)),
    });
    if (!entry.ok) return entry;
    commit(pending, () => {
      writePeople(storage.sql, [...people.values(), newPerson(CLAIM, claimHash)]);
      enqueue(storage.sql, 'register', Date.now());
      // Whoever asked for the bout has it indexed at once; the queue hears of it where that fails.
      enqueue(storage.sql, 'index', Date.now() + INDEX_PAUSE_MS);
    });
    context.ledger = ledger;
    return ok(delivered(pending, entry.value, input.eventId, 'Bout created'));
  });
}

function answerExisting(ledger: Ledger, input: CreateInput, claimHash: string, boutId: string): Outcome<Delivery> {
  const first = entryAt(ledger, 0);
  if (first === null) return refuse('unavailable', 'The bout cannot be read.');
  const [claim] = ledger.storage.sql.exec<{ name: string }>('SELECT name FROM person WHERE id = ?', CLAIM);
  return claim?.name === claimHash
    ? ok(repeated(openPending(ledger), first, input.eventId))
    : refuse('conflict', `There is a bout '${boutId}' already, set up otherwise.`, 'bout_id');
}

function peopleOf(input: CreateInput): Map<string, PersonRow> {
  const people = [
    newPerson(fighterKey('red'), input.fighter1.name),
    newPerson(fighterKey('blue'), input.fighter2.name),
    ...input.judges.map((judge) => newPerson(judgeKey(judge.id), judge.name)),
  ];
  return new Map(people.map((person) => [person.id, person]));
}

function configOf(boutId: string, input: CreateInput, people: ReadonlyMap<string, PersonRow>): BoutConfig {
  const bound = (key: string, id: string): Person => {
    const row = people.get(key);
    return { id, commitment: row === undefined ? '' : commitmentOf(row.salt, row.name) };
  };
  return {
    boutId,
    cardId: input.cardId,
    promotion: input.promotion,
    event: input.event,
    date: input.date,
    timeZone: input.timeZone,
    sport: input.sport,
    ruleset: input.ruleset,
    rules: input.rules,
    scheduledRounds: input.scheduledRounds,
    roundLengthMs: input.roundLengthMs,
    fighters: { red: bound(fighterKey('red'), input.fighter1.id), blue: bound(fighterKey('blue'), input.fighter2.id) },
    judges: input.judges.map((judge) => ({ ...bound(judgeKey(judge.id), judge.id), person: judge.person })),
    release: input.release,
    delayMs: input.delayMs,
    simulated: input.simulated,
    judgesLog: input.judgesLog,
    validator: input.validator,
    model: input.sport === 'mma' ? MMA_MODEL.version : STRIKING_MODEL,
    valuesVersion: VALUES_VERSION,
    values: DEFAULT_VALUES,
    build: input.build,
  };
}
