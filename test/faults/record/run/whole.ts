import { expect } from 'vitest';
import { each, faultsOf, found } from './archive.ts';
import { type Bout, decide, endRound, make, tap } from './bout.ts';
import type { Stage } from './stage.ts';
import { putTwice } from './stops.ts';

/** What has to be true of sealed bouts whatever befell them: by itself, or where time would have to pass, `hurried`. */
export async function areWhole(stage: Stage, bouts: readonly Bout[], hurried = false): Promise<void> {
  expect((await each(bouts, async (bout) => await faultsOf(stage, bout, hurried))).flat()).toEqual([]);
  expect(putTwice(stage.gate.moments)).toEqual([]);
}

/** A search finds them as archived. */
export async function areFound(stage: Stage, bouts: readonly Bout[]): Promise<void> {
  await each(bouts, async (bout) => await found(stage, bout));
}

/** A bout in its round. */
export async function fought(stage: Stage, id: string): Promise<Bout> {
  const bout = await make(stage, id);
  await tap(stage, bout);
  return bout;
}

export async function endAndDecide(stage: Stage, bout: Bout): Promise<void> {
  await endRound(stage, bout);
  await decide(stage, bout);
}

/** A bout that only its seal is missing to. */
export async function decided(stage: Stage, id: string): Promise<Bout> {
  const bout = await fought(stage, id);
  await endAndDecide(stage, bout);
  return bout;
}

export function say(text: string): void {
  process.stdout.write(`faults: record: ${text}\n`);
}
