import {
  type BoutState,
  clockStatus,
  type RoundState,
  roundElapsed,
  selectedSpans,
  selectObservers,
  standingStoppage,
} from '../../domain/bout/index.ts';
import { openHold } from '../../domain/actions/index.ts';
import { type Entry, textOf } from '../../domain/ledger/index.ts';
import { type Finding, type RoundFacts, validateRound } from '../../domain/validator/index.ts';
import type { BoutContext } from './context.ts';
import { allEntriesOf } from './ledger/round-entries.ts';
import { unsentReports } from './sessions.ts';

/** What the validator has to say of a round. It reads the round's entries: asked when a round is locked, never by a tap. */
export function findingsOf(context: BoutContext, state: BoutState, round: RoundState, nowMs: number) {
  return validateRound(factsOf(context, state, round, nowMs), state.config.validator);
}

export type { Finding };

function factsOf(context: BoutContext, state: BoutState, round: RoundState, nowMs: number): RoundFacts {
  const entries = context.ledger === null ? [] : allEntriesOf(context.ledger, round);
  const voided = new Set(round.voided);
  const stands = ({ kind, index, round: number, flags }: Entry): boolean =>
    number === round.number &&
    (kind === 'action' || kind === 'replace' || kind === 'vision') &&
    !voided.has(index) &&
    (!flags.includes('late') || index < round.lateAdmittedUpTo);
  const lengthMs = round.clock?.lengthMs ?? state.config.roundLengthMs;
  const elapsedMs = roundElapsed(state, round, nowMs);
  const selection = selectObservers(state, round);
  const marks = round.controlMarks.filter((mark) => !mark.late && mark.observer === selection[mark.corner].control);
  const held = openHold(marks, elapsedMs);
  return {
    lengthMs,
    elapsedMs,
    timed: round.clock !== null,
    ended: round.clock === null || clockStatus(round.clock, nowMs) === 'ENDED',
    stopped: standingStoppage(state)?.round === round.number,
    actions: entries
      .filter(stands)
      .map((entry) => ({ clockMs: entry.clockMs ?? 0, source: entry.kind === 'vision' ? 'camera' : 'human' })),
    // Cameras are on in a round in which a camera has spoken.
    camerasOn: entries.some(({ kind, round: number }) => kind === 'vision' && number === round.number),
    control: selectedSpans(state, round, selection, nowMs).map(({ fromMs, toMs }) => ({ fromMs, toMs })),
    openControl: held === null ? [] : [{ corner: held.corner, kind: held.kind, sinceMs: held.sinceMs }],
    unsent: [...unsentReports(context), ...sequenceGaps(entries)],
    pendingKnockdowns:
      state.config.rules.knockdownAuthority === 'referee'
        ? round.redline.filter(({ type, pending, late }) => type === 'kd' && pending && !late).map(({ index }) => index)
        : [],
  };
}

/** Devices of which something is missing between two of their own numbers within the round's stretch of the ledger. */
function sequenceGaps(entries: readonly Entry[]): RoundFacts['unsent'] {
  const seen = new Map<string, { device: string; numbers: Set<number>; from: number; to: number }>();
  for (const { deviceSeq, deviceEpoch, payload, actor } of entries) {
    const device = textOf(payload, 'device_id') ?? actor.device;
    if (deviceSeq === null || device === null) continue;
    const key = `${device} ${deviceEpoch ?? 0}`;
    const known = seen.get(key) ?? { device, numbers: new Set(), from: deviceSeq, to: deviceSeq };
    known.numbers.add(deviceSeq);
    seen.set(key, { ...known, from: Math.min(known.from, deviceSeq), to: Math.max(known.to, deviceSeq) });
  }
  return [...seen.values()].flatMap(({ device, numbers, from, to }) => {
    const count = to - from + 1 - numbers.size;
    return count > 0 ? [{ device, count, why: 'sequence_gap' as const }] : [];
  });
}
