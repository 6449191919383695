import { type Corner } from '../corner.ts';
import type { Audience } from '../roles/index.ts';
import { AUDIENCES } from '../roles/index.ts';
import type { LeafObject, LeafValue } from '../ledger/entry.ts';
import { integerOf, isLeafRecord, listOf, objectOf, textOf, truthOf } from '../ledger/read.ts';

export const SPORTS = ['mma', 'boxing', 'kickboxing', 'muay-thai', 'bare-knuckle', 'karate-combat'] as const;

export type Sport = (typeof SPORTS)[number];

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

/** Who decides what a knockdown was: the referee (a slip takes it back) or the statistics alone. */
export type KnockdownAuthority = 'referee' | 'statistics';

/** A person appears by id; the name lies outside the ledger and is bound by a salted commitment. */
export type Person = { readonly id: string; readonly commitment: string };

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
  readonly scheduledRounds: number;
  readonly roundLengthMs: number;
  readonly fighters: Readonly<Record<Corner, Person>>;
  /** Seats in the order of the panel. */
  readonly judges: readonly Person[];
  readonly release: ReleasePolicy;
  /** How far behind the live state everybody outside the commission is kept. */
  readonly delayMs: number;
  readonly simulated: boolean;
  readonly knockdownAuthority: KnockdownAuthority;
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
    scheduled_rounds: config.scheduledRounds,
    round_length_ms: config.roundLengthMs,
    fighter1: personToLeaf(config.fighters.red),
    fighter2: personToLeaf(config.fighters.blue),
    judges: config.judges.map(personToLeaf),
    release_policy: releaseToLeaf(config.release),
    delay_ms: config.delayMs,
    simulated: config.simulated,
    knockdown_authority: config.knockdownAuthority,
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
  return {
    boutId,
    cardId: textOf(leaf, 'card_id'),
    promotion: textOf(leaf, 'promotion') ?? '',
    event: textOf(leaf, 'event') ?? '',
    date: textOf(leaf, 'date'),
    timeZone: textOf(leaf, 'time_zone'),
    sport: textOf(leaf, 'sport') ?? '',
    ruleset: textOf(leaf, 'ruleset') ?? '',
    scheduledRounds,
    roundLengthMs,
    fighters: { red, blue },
    judges: listOf(leaf, 'judges').flatMap((judge) => personFromLeaf(isLeafRecord(judge) ? judge : null) ?? []),
    release: releaseFromLeaf(objectOf(leaf, 'release_policy'), DEFAULT_RELEASE),
    delayMs: integerOf(leaf, 'delay_ms') ?? 0,
    simulated: truthOf(leaf, 'simulated'),
    knockdownAuthority: textOf(leaf, 'knockdown_authority') === 'statistics' ? 'statistics' : 'referee',
    valuesVersion: textOf(leaf, 'values_version') ?? '',
    values: numbersOf(objectOf(leaf, 'values')),
    build: textOf(leaf, 'build') ?? '',
  };
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

function audienceOf(leaf: LeafObject, name: string): Audience | null {
  const value: LeafValue | undefined = leaf[name];
  return AUDIENCES.find((audience) => audience === value) ?? null;
}

function numbersOf(leaf: LeafObject | null): Record<string, number> {
  const numbers: Record<string, number> = {};
  for (const [name, value] of Object.entries(leaf ?? {})) if (typeof value === 'number') numbers[name] = value;
  return numbers;
}
