import type { Random } from '../../../cli/simulator/random.ts';
import type { Actor, Device } from './cast.ts';
import { officialActs } from './officials-plan.ts';
import type { Manner, Stale, Step, Tap, Via } from './steps.ts';

export const TYPES = ['Jab', 'Cross', 'Hook', 'Takedown Landed', 'KD', 'Low Kick'] as const;

/** Apart by more than the ten milliseconds within which two taps of one device would be the same event. */
const TAP_EVERY_MS = 20;

/**
 * What a judge's device tapped lies hours before any hand-over of the run, and what an old one taps afterwards lies
 * hours behind it: which of them a fence lets through depends on neither clock skew nor the pace of the machine.
 */
const BEFORE_ANY_FENCE_MS = -4 * 3_600_000;
const AFTER_ANY_FENCE_MS = 12 * 3_600_000;

/**
 * All that one writer does, for as long as it is let: an endless list that follows from `random` alone and not from any
 * answer. Each step assumes only that the steps before it have been answered.
 */
export function* writerPlan(actor: Actor, random: Random): Generator<Step, never> {
  const { role, devices } = actor;
  const stored: Tap[] = [];
  const undone = new Set<string>();
  const officials = officialActs(actor);
  let count = 0;
  let swaps = 0;
  let via: Via = actor.number % 2 === 0 ? 'http' : 'socket';

  const holder = (): Device => devices[swaps % devices.length] ?? devices[0];
  const tap = (device: Device, sinceMs: number): Tap => {
    count += 1;
    return {
      id: `${actor.name}-${count}`,
      judge: actor.name,
      device: device.id,
      fighter: random.below(2) === 0 ? 'fighter1' : 'fighter2',
      type: TYPES[random.below(TYPES.length)] ?? 'Jab',
      atMs: sinceMs + count * TAP_EVERY_MS + device.skewMs,
    };
  };
  const taps = (n: number): Tap[] =>
    Array.from({ length: n }, () => tap(holder(), role === 'judge' ? BEFORE_ANY_FENCE_MS : 0));
  const known = (): Tap | undefined => stored[random.below(stored.length)];
  const withKnown = (fresh: readonly Tap[]): readonly Tap[] => {
    const old = random.below(3) === 0 ? known() : undefined;
    // A token is one device's: it brings nothing that another one tapped.
    return random.shuffle(old?.device === holder().id ? [...fresh, old] : fresh);
  };
  const inOrder = (kind: 'log' | 'batch', n: number) => {
    const fresh = taps(n);
    const all = withKnown(fresh);
    stored.push(...fresh);
    return { kind, taps: all };
  };
  const stale = (): Stale => {
    const old = holder();
    const kept = taps(1 + random.below(4));
    const late: Stale['late'] = [tap(old, AFTER_ANY_FENCE_MS), tap(old, AFTER_ANY_FENCE_MS)];
    stored.push(...kept);
    return { kept: random.shuffle(kept), late };
  };

  for (;;) {
    const chance = random.below(100);
    const manner: Manner = {
      hangUpMs: random.below(8) === 0 ? random.below(15) : null,
      twice: random.below(10) === 0,
    };
    const pauseMs = random.below(MAX_PAUSE_MS);
    const old = known();
    if (chance < 6) {
      via = via === 'http' ? 'socket' : 'http';
    }
    const how = { pauseMs, via, manner };
    if (chance < 14 && old !== undefined) {
      yield { ...how, kind: 'log', taps: [old] };
    } else if (chance < 19 && old !== undefined && old.device === holder().id) {
      count += 1;
      yield { ...how, kind: 'twin', id: `${actor.name}-${count}-twin`, of: old };
    } else if (chance < 26 && old !== undefined && !undone.has(old.id)) {
      undone.add(old.id);
      yield { ...how, kind: 'undo', id: `${old.id}-undo`, by: holder().id, target: old };
    } else if (chance < 34 && devices.length > 1) {
      const left = stale();
      swaps += 1;
      // Nobody hangs up on a hand-over: one that was answered long ago must not happen again after the next.
      yield { ...how, manner: { ...manner, hangUpMs: null }, kind: 'swap', to: holder().id, stale: left };
    } else if (chance < 40 && role !== 'operator') {
      const { value } = officials.next();
      if (value !== undefined) yield { ...how, kind: 'official', by: holder().id, ...value };
    } else if (chance < 52) {
      yield { ...how, ...inOrder('batch', 2 + random.below(10)) };
    } else if (chance < 64) {
      yield { ...how, ...inOrder('log', 2 + random.below(4)) };
    } else {
      yield { ...how, ...inOrder('log', 1) };
    }
  }
}

/** Two hundred writers at this pace keep a small machine busy without choking it. */
const MAX_PAUSE_MS = 3_000;
