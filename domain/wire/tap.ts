import type { LeafObject } from '../ledger/index.ts';
import { ok, type Outcome, type Refusal } from '../refusal.ts';
import type { Caller } from '../roles/index.ts';
import { type Delivery, deliveryJson } from './delivery.ts';
import type { LogInput } from './log-body.ts';

/*
 * How the edge and a bout's object speak of a tap, the one call on the hot path: a text each way. Values as arguments and
 * as the answer cost the runtime a tenth of a tap, and so does JSON that has to be parsed and checked a second time. Both
 * ends are this program, so what is read is what was written.
 */

/** Callers are few and their taps many: each is written once, and read once. */
const lineOfCaller = new WeakMap<Caller, string>();
const callerOfLine = new Map<string, Caller>();
const MAX_CALLERS = 1_000;

/**
 * A line each for the caller and the members of the action: no id, number or JSON text holds a line's end, nor does an
 * `eventType` (`EVENT_TYPE_PATTERN`) or a `signature` (`SIGNATURE_PATTERN`). The framing rests on those patterns.
 */
export function writeTap(caller: Caller, input: LogInput): string {
  let line = lineOfCaller.get(caller);
  if (line === undefined) {
    line = JSON.stringify(caller);
    lineOfCaller.set(caller, line);
  }
  return (
    `${line}\n${input.boutId}\n${input.roundId}\n${input.judgeId}\n${input.fighterId}\n${input.eventType}` +
    `\n${input.timestampMs}\n${input.deviceId}\n${JSON.stringify(input.metadata)}\n${input.metadataExtra ?? ''}` +
    `\n${input.eventId ?? ''}\n${input.clockMs ?? ''}\n${input.deviceEpoch ?? ''}\n${input.deviceSeq ?? ''}` +
    `\n${input.signature ?? ''}\n${input.simulated ? 1 : ''}`
  );
}

export function readTap(text: string): { readonly caller: Caller; readonly input: LogInput } {
  const lines = text.split('\n');
  const line = (at: number): string => lines[at] ?? '';
  const metadata: LeafObject = JSON.parse(line(8));
  const input: LogInput = {
    boutId: line(1),
    roundId: Number(line(2)),
    judgeId: line(3),
    fighterId: line(4),
    eventType: line(5),
    timestampMs: Number(line(6)),
    deviceId: line(7),
    metadata,
    metadataExtra: textOrNull(line(9)),
    eventId: textOrNull(line(10)),
    clockMs: numberOrNull(line(11)),
    deviceEpoch: numberOrNull(line(12)),
    deviceSeq: numberOrNull(line(13)),
    signature: textOrNull(line(14)),
    simulated: line(15) === '1',
    legacy: false,
  };
  return { caller: readCaller(line(0)), input };
}

function textOrNull(line: string): string | null {
  return line === '' ? null : line;
}

function numberOrNull(line: string): number | null {
  return line === '' ? null : Number(line);
}

function readCaller(line: string): Caller {
  const known = callerOfLine.get(line);
  if (known !== undefined) return known;
  const caller: Caller = JSON.parse(line);
  if (callerOfLine.size >= MAX_CALLERS) callerOfLine.clear();
  callerOfLine.set(line, caller);
  return caller;
}

/** Three digits of status and the body to be answered with; a refusal's own JSON begins with a brace instead. */
export function writeTapAnswer(outcome: Outcome<Delivery>): string {
  return outcome.ok ? `${outcome.value.status}${deliveryJson(outcome.value)}` : JSON.stringify(outcome);
}

export function readTapAnswer(text: string): Outcome<{ readonly status: number; readonly body: string }> {
  if (!text.startsWith('{')) return ok({ status: Number(text.slice(0, 3)), body: text.slice(3) });
  const refusal: Refusal = JSON.parse(text);
  return refusal;
}
