import { type Corner } from '../corner.ts';
import type { Audience } from '../roles/index.ts';
import { AUDIENCES } from '../roles/index.ts';
import type { LeafObject, LeafValue } from '../ledger/entry.ts';
import { type Rules, rulesFromLeaf, rulesToLeaf } from '../rules/index.ts';
import { limitsFromLeaf, limitsToLeaf, type ValidatorLimits } from '../validator/index.ts';
import { integerOf, isLeafRecord, listOf, objectOf, textOf, truthOf } from '../ledger/read.ts';

export type ReleasePolicy = {
  readonly statistics: Audience;
  readonly scorecards: Audience;
  readonly recommendation: Audience;
};

export const DEFAULT_RELEASE: ReleasePolicy = {
  statistics: 'public',
  scorecards: 'commission',
  recommendation: 'commission',
};

/** A person appears by id; the name lies outside the ledger and is bound by a salted commitment. */
export type Person = { readonly id: string; readonly commitment: string };

/** A place on the panel. `person` is the judge's own id, where it is known apart from the seat's. */
export type Seat = Person & { readonly person: string | null };

/** What a bout is fought under, frozen into its first entry and changed only by later `config` entries. */
export type BoutConfig = {
  readonly boutId: string;
  readonly cardId: string | null;
  readonly promotion: string;
  readonly event: string;
  /** Venue-local calendar date, `YYYY-MM-DD`. */
  readonly date: string | null;
  /** IANA name. */
  readonly timeZone: string | null;
  readonly sport: string;
  readonly ruleset: string;
  /** The rule set with the jurisdiction's choices, as it stood when the bout was set up. */
  readonly rules: Rules;
  readonly scheduledRounds: number;
  readonly roundLengthMs: number;
  readonly fighters: Readonly<Record<Corner, Person>>;
  /** Seats in the order of the panel. */
  readonly judges: readonly Seat[];
  readonly release: ReleasePolicy;
  /** How far behind the live state everybody outside the commission is kept. */
  readonly delayMs: number;
  readonly simulated: boolean;
  /** Whether judges log actions besides scoring; where not, statistics come from operators alone. */
  readonly judgesLog: boolean;
  /** What a round must hold before its statistics are locked. */
  readonly validator: ValidatorLimits;
  /** Version of the statistical judge that recommends. */
  readonly model: string;
  readonly valuesVersion: string;
  /** Micro-points; see `domain/actions/values.ts`. */
  readonly values: Readonly<Record<string, number>>;
  readonly build: string;
};

export function configToLeaf(config: BoutConfig): LeafObject {
  return {
    type: 'created',
    bout_id: config.boutId,
    card_id: config.cardId,
    promotion: config.promotion,
    event: config.event,
    date: config.date,
    time_zone: config.timeZone,
    sport: config.sport,
    ruleset: config.ruleset,
    rules: rulesToLeaf(config.rules),
    scheduled_rounds: config.scheduledRounds,
    round_length_ms: config.roundLengthMs,
    fighter1: personToLeaf(config.fighters.red),
    fighter2: personToLeaf(config.fighters.blue),
    judges: config.judges.map(seatToLeaf),
    release_policy: releaseToLeaf(config.release),
    delay_ms: config.delayMs,
    simulated: config.simulated,
    judges_log: config.judgesLog,
    validator: limitsToLeaf(config.validator),
    model: config.model,
    values_version: config.valuesVersion,
    values: config.values,
    build: config.build,
  };
}

/** Null where the payload is not the set-up of a bout. */
export function configFromLeaf(leaf: LeafObject): BoutConfig | null {
  const red = personFromLeaf(objectOf(leaf, 'fighter1'));
  const blue = personFromLeaf(objectOf(leaf, 'fighter2'));
  const boutId = textOf(leaf, 'bout_id');
  const scheduledRounds = integerOf(leaf, 'scheduled_rounds');
  const roundLengthMs = integerOf(leaf, 'round_length_ms');
  if (red === null || blue === null || boutId === null || scheduledRounds === null || roundLengthMs === null) {
    return null;
  }
  const ruleset = textOf(leaf, 'ruleset') ?? '';
  return {
    boutId,
    cardId: textOf(leaf, 'card_id'),
    promotion: textOf(leaf, 'promotion') ?? '',
    event: textOf(leaf, 'event') ?? '',
    date: textOf(leaf, 'date'),
    timeZone: textOf(leaf, 'time_zone'),
    sport: textOf(leaf, 'sport') ?? '',
    ruleset,
    rules: rulesFromLeaf(objectOf(leaf, 'rules') ?? olderRules(leaf), ruleset),
    scheduledRounds,
    roundLengthMs,
    fighters: { red, blue },
    judges: listOf(leaf, 'judges').flatMap((judge) => seatFromLeaf(isLeafRecord(judge) ? judge : null) ?? []),
    release: releaseFromLeaf(objectOf(leaf, 'release_policy'), DEFAULT_RELEASE),
    delayMs: integerOf(leaf, 'delay_ms') ?? 0,
    simulated: truthOf(leaf, 'simulated'),
    // Before this could be chosen, every judge could log.
    judgesLog: leaf['judges_log'] !== false,
    validator: limitsFromLeaf(objectOf(leaf, 'validator')),
    model: textOf(leaf, 'model') ?? '',
    valuesVersion: textOf(leaf, 'values_version') ?? '',
    values: numbersOf(objectOf(leaf, 'values')),
    build: textOf(leaf, 'build') ?? '',
  };
}

/** Before there were rule sets a bout named this one choice, and a round of any sport was scored from 6 to 10. */
function olderRules(leaf: LeafObject): LeafObject | null {
  const knockdownAuthority = textOf(leaf, 'knockdown_authority');
  return knockdownAuthority === null ? null : { knockdown_authority: knockdownAuthority, lowest_x10: 60 };
}

export function releaseToLeaf(release: ReleasePolicy): LeafObject {
  return { statistics: release.statistics, scorecards: release.scorecards, recommendation: release.recommendation };
}

export function releaseFromLeaf(leaf: LeafObject | null, before: ReleasePolicy): ReleasePolicy {
  if (leaf === null) return before;
  return {
    statistics: audienceOf(leaf, 'statistics') ?? before.statistics,
    scorecards: audienceOf(leaf, 'scorecards') ?? before.scorecards,
    recommendation: audienceOf(leaf, 'recommendation') ?? before.recommendation,
  };
}

/**
 * The corner of a `fighter_id` on the wire: `fighter1` is red, `fighter2` is blue, and each fighter's
 * own registered id means the same. Null for anybody else.
 */
export function cornerOf(config: BoutConfig, fighterId: string): Corner | null {
  if (fighterId === 'fighter1' || fighterId === config.fighters.red.id) return 'red';
  if (fighterId === 'fighter2' || fighterId === config.fighters.blue.id) return 'blue';
  return null;
}

export function wireFighter(corner: Corner): 'fighter1' | 'fighter2' {
  return corner === 'red' ? 'fighter1' : 'fighter2';
}

/** Whether a seat belongs to the bout. A bout set up without a panel takes any seat. */
export function isSeated(config: BoutConfig, seat: string): boolean {
  return config.judges.length === 0 || config.judges.some((judge) => judge.id === seat);
}

function personToLeaf(person: Person): LeafObject {
  return { id: person.id, name_commitment: person.commitment };
}

function personFromLeaf(leaf: LeafObject | null): Person | null {
  const id = leaf === null ? null : textOf(leaf, 'id');
  return leaf === null || id === null ? null : { id, commitment: textOf(leaf, 'name_commitment') ?? '' };
}

function seatToLeaf(seat: Seat): LeafObject {
  return { ...personToLeaf(seat), person: seat.person };
}

function seatFromLeaf(leaf: LeafObject | null): Seat | null {
  const person = personFromLeaf(leaf);
  return leaf === null || person === null ? null : { ...person, person: textOf(leaf, 'person') };
}

function audienceOf(leaf: LeafObject, name: string): Audience | null {
  const value: LeafValue | undefined = leaf[name];
  return AUDIENCES.find((audience) => audience === value) ?? null;
}

function numbersOf(leaf: LeafObject | null): Record<string, number> {
  const numbers: Record<string, number> = {};
  for (const [name, value] of Object.entries(leaf ?? {})) if (typeof value === 'number') numbers[name] = value;
  return numbers;
}
