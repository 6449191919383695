import { type Action, CONTROL_KINDS, isActionType, POSITIONS, TARGETS, typeFacts } from '../actions/index.ts';
import { canonicalJson } from '../ledger/canonical.ts';
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

/** An action as it stands in a payload, and as JSON there: what a repeated tap would otherwise be worked out for anew. */
export type Understood = {
  readonly action: Action;
  readonly leaf: LeafObject;
  readonly json: string;
  readonly metadata: LeafObject;
  readonly metadataJson: string;
};

/** Actions by their leaf: one that was understood here need not be read back from it. */
const actions = new WeakMap<LeafObject, Action>();

export function understood(action: Action, metadata: LeafObject): Understood {
  const leaf: Record<string, string | number | boolean> = { type: action.type };
  if (action.significant) leaf['significant'] = true;
  if (action.tier !== null) leaf['tier'] = action.tier;
  if (action.control !== null) leaf['control'] = action.control;
  if (action.target !== null) leaf['target'] = action.target;
  if (action.position !== null) leaf['position'] = action.position;
  if (action.backfillMs !== null) leaf['backfill_ms'] = action.backfillMs;
  actions.set(leaf, action);
  return { action, leaf, json: canonicalJson(leaf), metadata, metadataJson: canonicalJson(metadata) };
}

/** The payload holds both: the words as received, and the action they were understood as. */
export function actionToLeaf(claim: ActionClaim, leaf: LeafObject): LeafObject {
  const { deviceId, eventType, fighterId, judgeId, metadata, metadataExtra } = claim;
  const words = { device_id: deviceId, event_type: eventType, fighter_id: fighterId, judge_id: judgeId };
  return metadataExtra === null
    ? { action: leaf, ...words, metadata }
    : { action: leaf, ...words, metadata, metadata_extra: metadataExtra };
}

/** The canonical JSON of the same payload, put together from what is known of it. Ids need no escape. */
export function actionPayloadJson(claim: ActionClaim, { json, metadataJson }: Understood): string {
  const extra = claim.metadataExtra === null ? '' : `,"metadata_extra":${canonicalJson(claim.metadataExtra)}`;
  return (
    `{"action":${json},"device_id":"${claim.deviceId}","event_type":${canonicalJson(claim.eventType)}` +
    `,"fighter_id":"${claim.fighterId}","judge_id":"${claim.judgeId}","metadata":${metadataJson}${extra}}`
  );
}

/** Null where the entry carries no action. */
export function actionOf(entry: Entry): Action | null {
  const leaf = objectOf(entry.payload, 'action');
  return leaf === null ? null : (actions.get(leaf) ?? readAction(leaf));
}

function readAction(leaf: LeafObject): Action | null {
  const type = textOf(leaf, 'type');
  if (type === null || !isActionType(type)) return null;
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
