import type { LeafValue } from '../ledger/index.ts';
import { ok, refuse } from '../refusal.ts';
import type { Outcome } from '../refusal.ts';
import type { Aspect } from '../roles/index.ts';
import { CONTROL_KINDS, typeFacts, POSITIONS, TARGETS, wireName, tierName } from './catalogue.ts';
import type { ActionType, ControlKind, Position, Target, Tier } from './catalogue.ts';
import { compared, nearNames, readName, readTier } from './names.ts';

/** Something a fighter did, in the product's own words. */
export type Action = {
  readonly type: ActionType;
  readonly aspect: Aspect | null;
  readonly significant: boolean;
  /** One of the type's tiers (see `typeFacts`); null where it has none. */
  readonly tier: string | null;
  /** On a stop null means: whatever that corner holds. */
  readonly control: ControlKind | null;
  readonly target: Target | null;
  readonly position: Position | null;
  /**
   * For a `control_start` that reports control after the fact: how many milliseconds before its clock time it filled.
   * Such a start holds nothing from then on.
   */
  readonly backfillMs: number | null;
};

/** The longest control that can be reported after the fact: one round of five minutes. */
export const MAX_BACKFILL_MS = 300_000;

type Metadata = Readonly<Record<string, LeafValue>>;

/**
 * What an event type with its metadata means. `assumed` is true where a tier was needed and none given: the lowest
 * is taken. Refusals are `bad_request` and name `event_type` or `metadata.<name>`: an unknown type (with the nearest
 * names), an unknown word for a tier, control kind, target or position, a contradiction between name and metadata,
 * a control start without its kind. `control` on what is no control, `quality` and `severity` on what has no tiers
 * are the client's own notes: they stay in the ledger and mean nothing here.
 */
export function normaliseAction(
  eventType: string,
  metadata: Metadata,
): Outcome<{ readonly action: Action; readonly assumed: boolean }> {
  const name = readName(eventType);
  if (name === null) return refuse('bad_request', unknownType(eventType), 'event_type');
  const { type } = name;
  const { aspect, tiers, target: impliedTarget, position: impliedPosition } = typeFacts(type);

  const significant = readSignificant(type, name.significant, metadata);
  if (!significant.ok) return significant;
  const tier = readTiers(type, name.tier, metadata);
  if (!tier.ok) return tier;
  const control: Outcome<ControlKind | null> =
    aspect === 'control' ? readControl(type, name.control, metadata) : ok(null);
  if (!control.ok) return control;
  const target = readWord('target', TARGETS, metadata);
  if (!target.ok) return target;
  if (impliedTarget !== null && target.value !== null && target.value !== impliedTarget) {
    return contradiction(type, 'target', impliedTarget, target.value);
  }
  const position = readWord('position', POSITIONS, metadata);
  if (!position.ok) return position;
  const backfillMs = readBackfill(type, metadata);
  if (!backfillMs.ok) return backfillMs;

  const lowest = tiers[0] ?? null;
  const action: Action = {
    type,
    aspect,
    significant: significant.value,
    tier: tier.value ?? lowest,
    control: control.value,
    target: target.value ?? impliedTarget,
    // Only a likelihood, so no contradiction: one may strike a grounded fighter from a distance.
    position: position.value ?? impliedPosition,
    backfillMs: backfillMs.value,
  };
  return ok({ action, assumed: tier.value === null && lowest !== null });
}

function unknownType(eventType: string): string {
  const near = nearNames(eventType);
  const hint = near.length === 0 ? '' : `; near to it: ${near.join(', ')}`;
  return `unknown event_type ${quoted(eventType)}${hint}`;
}

function quoted(value: string): string {
  return JSON.stringify(value.length > 64 ? `${value.slice(0, 61)}...` : value);
}

function contradiction(type: ActionType, field: string, said: string, other: string) {
  const detail = `event_type says ${wireName(type)} ${said}, metadata.${field} says ${other}`;
  return refuse('bad_request', detail, `metadata.${field}`);
}

function readSignificant(type: ActionType, named: true | null, metadata: Metadata): Outcome<boolean> {
  const given = metadata['significant'] ?? null;
  if (given !== null && typeof given !== 'boolean') {
    return refuse('bad_request', 'metadata.significant must be true or false', 'metadata.significant');
  }
  if (named === true && given === false) return contradiction(type, 'significant', 'significant', 'not');
  // A significant flag on what has one value only (a knockdown, a takedown) is a habit of clients, no claim.
  return ok(typeFacts(type).significance && (named ?? given ?? false));
}

/** The tier by name and by the three metadata names that clients have used for it; all that speak must agree. */
function readTiers(type: ActionType, named: Tier | null, metadata: Metadata): Outcome<Tier | null> {
  const { tiers } = typeFacts(type);
  let tier = named;
  let source = 'event_type';
  for (const field of ['tier', 'quality', 'severity'] as const) {
    const given = metadata[field] ?? null;
    if (given === null) continue;
    if (tiers.length === 0) {
      if (field !== 'tier') continue;
      return refuse('bad_request', `${wireName(type)} has no tiers`, 'metadata.tier');
    }
    const read = typeof given === 'string' ? readTier(type, given) : null;
    if (read === null) {
      const known = tiers.map(tierName).join(', ');
      return refuse(
        'bad_request',
        `metadata.${field} must be one of ${known} for ${wireName(type)}`,
        `metadata.${field}`,
      );
    }
    if (tier !== null && tier !== read) {
      const detail = `${source} says ${tierName(tier)}, metadata.${field} says ${tierName(read)}`;
      return refuse('bad_request', detail, `metadata.${field}`);
    }
    tier = read;
    source = `metadata.${field}`;
  }
  return ok(tier);
}

function readControl(type: ActionType, named: ControlKind | null, metadata: Metadata): Outcome<ControlKind | null> {
  const given = readWord('control', CONTROL_KINDS, metadata);
  if (!given.ok) return given;
  if (named !== null && given.value !== null && named !== given.value) {
    return contradiction(type, 'control', named, given.value);
  }
  const kind = named ?? given.value;
  if (kind === null && type === 'control_start') {
    const known = CONTROL_KINDS.join(', ');
    return refuse('bad_request', `metadata.control must say which control starts: ${known}`, 'metadata.control');
  }
  return ok(kind);
}

function readWord<T extends string>(field: string, words: readonly T[], metadata: Metadata): Outcome<T | null> {
  const given = metadata[field] ?? null;
  if (given === null) return ok(null);
  const sought = typeof given === 'string' ? compared(given) : null;
  const found = words.find((word) => word === sought);
  if (found !== undefined) return ok(found);
  return refuse('bad_request', `metadata.${field} must be one of ${words.join(', ')}`, `metadata.${field}`);
}

function readBackfill(type: ActionType, metadata: Metadata): Outcome<number | null> {
  const given = metadata['backfill_ms'] ?? null;
  if (given === null) return ok(null);
  if (type !== 'control_start') {
    return refuse('bad_request', 'metadata.backfill_ms belongs to Control Start alone', 'metadata.backfill_ms');
  }
  if (typeof given === 'number' && Number.isSafeInteger(given) && given >= 1 && given <= MAX_BACKFILL_MS)
    return ok(given);
  const detail = `metadata.backfill_ms must be a whole number from 1 to ${MAX_BACKFILL_MS}`;
  return refuse('bad_request', detail, 'metadata.backfill_ms');
}
