import {
  type ControlKind,
  controlName,
  normaliseAction,
  type Position,
  type Target,
  tierName,
  typeFacts,
  wireName,
} from '../../domain/actions/index.ts';
import type { ActionType } from '../../domain/actions/index.ts';
import type { LeafValue } from '../../domain/ledger/index.ts';
import { type ActionId, PALETTE } from './palette.ts';

/** An action in the words of the wire. */
export type Saying = {
  readonly event_type: string;
  readonly metadata: Readonly<Record<string, string | number | boolean>>;
};

export type Manner = {
  readonly significant: boolean;
  readonly target: Target | null;
  readonly position: Position | null;
};

/** A kick whose target is said is the kick to that target: it has a name and a value of its own. */
const KICK_TO: Readonly<Record<Target, ActionType>> = { head: 'head_kick', body: 'body_kick', leg: 'low_kick' };

/** Only what is true of the type is said: a takedown has no target, a knockdown no significance. */
export function sayingOf(id: ActionId, manner: Manner): Saying {
  const { tier } = PALETTE[id];
  const type = PALETTE[id].type === 'kick' && manner.target !== null ? KICK_TO[manner.target] : PALETTE[id].type;
  const facts = typeFacts(type);
  const target = takesTarget(id) && facts.target === null ? manner.target : null;
  return {
    event_type: wireName(type),
    metadata: {
      ...(facts.significance ? { significant: manner.significant } : {}),
      ...(tier === null ? {} : { tier: tierName(tier) }),
      ...(target === null ? {} : { target }),
      ...(manner.position !== null && takesPosition(type) ? { position: manner.position } : {}),
    },
  };
}

/** Whether the action uses up the target that was said for it. */
export function takesTarget(id: ActionId): boolean {
  const { significance, target } = typeFacts(PALETTE[id].type);
  return significance && target === null;
}

/** Ground work says where it is by its name. */
function takesPosition(type: ActionType): boolean {
  return type !== 'ground_strike' && type !== 'sweep_reversal' && type !== 'guard_passing';
}

export function controlStart(kind: ControlKind): Saying {
  return { event_type: wireName('control_start'), metadata: { control: controlName(kind) } };
}

export function controlStop(kind: ControlKind): Saying {
  return { event_type: wireName('control_stop'), metadata: { control: controlName(kind) } };
}

/** Control that ended now and had lasted this long. */
export function controlBefore(kind: ControlKind, seconds: number): Saying {
  const start = controlStart(kind);
  return { ...start, metadata: { ...start.metadata, backfill_ms: seconds * 1_000 } };
}

/** What the server makes of words; null where it would refuse them. */
export function meaningOf(eventType: string, metadata: Readonly<Record<string, unknown>>) {
  const known: Record<string, LeafValue> = {};
  for (const [name, value] of Object.entries(metadata)) {
    if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number') known[name] = value;
  }
  const read = normaliseAction(eventType, known);
  return read.ok ? read.value.action : null;
}
