import { type Action, CONTROL_KINDS, isActionType, POSITIONS, TARGETS, typeFacts } from '../actions/index.ts';
import type { Entry, LeafObject } from '../ledger/entry.ts';
import { integerOf, objectOf, textOf, truthOf } from '../ledger/read.ts';

/** What a caller said about an action, as received: these words stand in the fingerprint. */
export type ActionClaim = {
  readonly judgeId: string;
  readonly fighterId: string;
  readonly eventType: string;
  readonly deviceId: string;
  readonly metadata: LeafObject;
  /** Canonical JSON of the metadata that a leaf cannot hold (fractions, nesting); null if all fits. */
  readonly metadataExtra: string | null;
};

/** The payload holds both: the words as received, and the action they were understood as. */
export function actionToLeaf(claim: ActionClaim, action: Action): LeafObject {
  const understood: Record<string, string | number | boolean> = { type: action.type };
  if (action.significant) understood['significant'] = true;
  if (action.tier !== null) understood['tier'] = action.tier;
  if (action.control !== null) understood['control'] = action.control;
  if (action.target !== null) understood['target'] = action.target;
  if (action.position !== null) understood['position'] = action.position;
  if (action.backfillMs !== null) understood['backfill_ms'] = action.backfillMs;
  const payload: Record<string, LeafObject | string> = {
    action: understood,
    device_id: claim.deviceId,
    event_type: claim.eventType,
    fighter_id: claim.fighterId,
    judge_id: claim.judgeId,
    metadata: claim.metadata,
  };
  if (claim.metadataExtra !== null) payload['metadata_extra'] = claim.metadataExtra;
  return payload;
}

/** Null where the entry carries no action. */
export function actionOf(entry: Entry): Action | null {
  const leaf = objectOf(entry.payload, 'action');
  const type = leaf === null ? null : textOf(leaf, 'type');
  if (leaf === null || type === null || !isActionType(type)) return null;
  return {
    type,
    aspect: typeFacts(type).aspect,
    significant: truthOf(leaf, 'significant'),
    tier: textOf(leaf, 'tier'),
    control: CONTROL_KINDS.find((kind) => kind === leaf['control']) ?? null,
    target: TARGETS.find((target) => target === leaf['target']) ?? null,
    position: POSITIONS.find((position) => position === leaf['position']) ?? null,
    backfillMs: integerOf(leaf, 'backfill_ms'),
  };
}

export function claimOf(entry: Entry): ActionClaim {
  return {
    judgeId: textOf(entry.payload, 'judge_id') ?? '',
    fighterId: textOf(entry.payload, 'fighter_id') ?? '',
    eventType: textOf(entry.payload, 'event_type') ?? '',
    deviceId: textOf(entry.payload, 'device_id') ?? '',
    metadata: objectOf(entry.payload, 'metadata') ?? {},
    metadataExtra: textOf(entry.payload, 'metadata_extra'),
  };
}
