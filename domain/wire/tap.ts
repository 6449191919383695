import { ok, type Outcome, type Refusal } from '../refusal.ts';
import type { Caller } from '../roles/index.ts';
import { type Delivery, deliveryJson } from './delivery.ts';
import { type LogInput, readLogBody } from './log-body.ts';

/*
 * How the edge and a bout's object speak of a tap, the one call on the hot path: a text each way. Values as arguments and
 * as the answer would cost the runtime a tenth of it. Both ends are this program, so what is read is what was written.
 */

/** Callers are few and their taps many: each is written once, and read once. */
const written = new WeakMap<Caller, string>();
const read = new Map<string, Caller>();
const MAX_READ = 1_000;

/** The caller's line and, below it, the body as it came; the edge has seen that the body is right. */
export function writeTap(caller: Caller, body: string): string {
  let line = written.get(caller);
  if (line === undefined) {
    line = `${JSON.stringify(caller)}\n`;
    written.set(caller, line);
  }
  return line + body;
}

export function readTap(text: string): readonly [Caller, Outcome<LogInput>] {
  const end = text.indexOf('\n');
  const body: unknown = JSON.parse(text.slice(end + 1));
  return [readCaller(text.slice(0, end)), readLogBody(body)];
}

function readCaller(line: string): Caller {
  const known = read.get(line);
  if (known !== undefined) return known;
  const caller: Caller = JSON.parse(line);
  if (read.size >= MAX_READ) read.clear();
  read.set(line, caller);
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
