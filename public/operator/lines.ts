import type { Corner } from '../../domain/corner.ts';
import type { OutboxItem } from '../shared/outbox/outbox.ts';
import { type Bag, isBag } from '../shared/wire/decode.ts';
import type { WireEntry } from '../shared/wire/frames.ts';

/** One action of a round as the operator sees it: from the record, from this device's queue, or from both. */
export type Line = {
  readonly eventId: string;
  readonly corner: Corner | null;
  readonly eventType: string;
  readonly metadata: Bag;
  /** Elapsed in the round; null where nobody knows it yet. */
  readonly clockMs: number | null;
  readonly own: boolean;
  readonly by: string;
  /** `unsent`: stored on this device, the server has not answered. */
  readonly state: 'unsent' | 'recorded' | 'refused';
  readonly refusal: string | null;
  readonly voided: boolean;
  readonly late: boolean;
  /** What it was before it was replaced. */
  readonly was: { readonly eventType: string; readonly metadata: Bag; readonly corner: Corner | null } | null;
  /** A correction of this line that the server has refused. */
  readonly refusedCorrection: { readonly eventId: string; readonly detail: string } | null;
  /** Where it stands among the others: by when it was logged. A replacement stands where its original stood. */
  readonly order: number;
};

export type LineContext = {
  readonly boutId: string;
  readonly roundId: number;
  /** Whose lines are the own ones. */
  readonly subject: string;
  readonly cornerOf: (fighterId: string | null) => Corner | null;
};

export const VOID_PATH = '/api/events/v2/void';

/** What this device has not heard back of comes after everything that is in the record. */
const AFTER_THE_RECORD = 1e12;

/** Newest first; a replaced line has gone into its replacement. */
export function linesOf(
  record: readonly WireEntry[],
  items: readonly OutboxItem[],
  context: LineContext,
): readonly Line[] {
  const lines = new Map<string, Line>();
  /** What has gone into its replacement: the queue may still hold the tap itself. */
  const gone = new Set<string>();
  for (const entry of record) {
    if (entry.round_id !== context.roundId || entry.event_type === null) continue;
    const line = recordedLine(entry, context);
    if (entry.replaces !== null) stand(lines, gone, line, entry.replaces);
    else lines.set(line.eventId, line);
  }
  items.forEach((item, at) => {
    if (item.boutId !== context.boutId || lines.has(item.eventId) || gone.has(item.eventId)) return;
    const place = AFTER_THE_RECORD + at;
    if (item.kind === 'action') addTap(lines, item, place, context);
    else if (item.path === VOID_PATH) applyCorrection(lines, gone, item, context);
  });
  return [...lines.values()].sort((one, other) => other.order - one.order);
}

/** Whether it counts, as far as this device knows. */
export function stands(line: Line): boolean {
  return !line.voided && line.state !== 'refused';
}

/** What an undo without a selected line takes back. */
export function lastOwn(lines: readonly Line[], passed: ReadonlySet<string>): Line | null {
  return lines.find((line) => line.own && stands(line) && !passed.has(line.eventId)) ?? null;
}

function recordedLine(entry: WireEntry, context: LineContext): Line {
  return {
    eventId: entry.event_id,
    corner: context.cornerOf(entry.fighter_id),
    eventType: entry.event_type ?? '',
    metadata: entry.metadata,
    clockMs: entry.clock_ms,
    own: entry.actor.subject === context.subject,
    by: entry.judge_id ?? entry.actor.seat ?? entry.actor.subject,
    state: 'recorded',
    refusal: null,
    voided: entry.voided,
    late: entry.flags.includes('late'),
    was: null,
    refusedCorrection: null,
    order: entry.sequence_index,
  };
}

function addTap(lines: Map<string, Line>, item: OutboxItem, order: number, context: LineContext): void {
  const { body } = item;
  if (body.round_id !== context.roundId) return;
  lines.set(item.eventId, {
    eventId: item.eventId,
    corner: context.cornerOf(textOf(body, 'fighter_id')),
    eventType: textOf(body, 'event_type') ?? '',
    metadata: isBag(body.metadata) ? body.metadata : {},
    clockMs: numberOf(item.note, 'clock_ms'),
    own: true,
    by: context.subject,
    state: item.state === 'sent' ? 'recorded' : item.state,
    refusal: item.refusal?.detail ?? null,
    voided: false,
    late: false,
    was: null,
    refusedCorrection: null,
    order,
  });
}

/** An undo or a replacement of this device. Once the record shows its effect there is nothing left to do. */
function applyCorrection(lines: Map<string, Line>, gone: Set<string>, item: OutboxItem, context: LineContext): void {
  const targetId = textOf(item.body, 'target_event_id') ?? '';
  const target = lines.get(targetId);
  if (target === undefined) return;
  if (item.state === 'refused') {
    const detail = item.refusal?.detail ?? '';
    lines.set(targetId, { ...target, refusedCorrection: { eventId: item.eventId, detail } });
    return;
  }
  const { replacement } = item.body;
  if (!isBag(replacement)) {
    lines.set(targetId, { ...target, voided: true });
    return;
  }
  const replaced: Line = {
    ...target,
    eventId: item.eventId,
    corner: context.cornerOf(textOf(replacement, 'fighter_id')) ?? target.corner,
    eventType: textOf(replacement, 'event_type') ?? target.eventType,
    metadata: isBag(replacement.metadata) ? replacement.metadata : target.metadata,
    own: true,
    by: context.subject,
    state: item.state === 'sent' ? 'recorded' : item.state,
    refusal: null,
    voided: false,
    refusedCorrection: null,
  };
  stand(lines, gone, replaced, targetId);
}

/** Puts a replacement where its original stood. */
function stand(lines: Map<string, Line>, gone: Set<string>, replacement: Line, originalId: string): void {
  const original = lines.get(originalId);
  lines.delete(originalId);
  gone.add(originalId);
  lines.set(replacement.eventId, {
    ...replacement,
    was:
      original === undefined
        ? null
        : (original.was ?? { eventType: original.eventType, metadata: original.metadata, corner: original.corner }),
    order: original?.order ?? replacement.order,
  });
}

function textOf(bag: Bag, name: string): string | null {
  const value = bag[name];
  return typeof value === 'string' ? value : null;
}

function numberOf(bag: Bag, name: string): number | null {
  const value = bag[name];
  return typeof value === 'number' ? value : null;
}
