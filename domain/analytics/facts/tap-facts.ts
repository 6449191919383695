import { typeFacts } from '../../actions/index.ts';
import { actionOf, type BoutState, type Observer, observerOf, personAt } from '../../bout/index.ts';
import { CORNERS } from '../../corner.ts';
import type { Entry } from '../../ledger/entry.ts';
import { integerOf, textOf } from '../../ledger/read.ts';
import { ASPECTS } from '../../roles/index.ts';
import { quantileOf } from '../math/robust.ts';
import type { BoutFacts, LagFacts, TapFacts } from './facts.ts';

type Tally = {
  taps: number;
  strikes: number;
  significant: number;
  voided: number;
  replaced: number;
  suppressed: number;
  late: number;
  implausible: number;
  afterSwap: number;
  readonly rounds: Set<number>;
  readonly lags: number[];
};

type DeviceTally = Tally & { readonly device: string; readonly numbers: Map<number, Set<number>> };

type ObserverTally = Tally & { readonly kind: 'operator' | 'judge'; readonly observer: string };

type Place = { readonly device: DeviceTally | null; readonly observer: ObserverTally | null };

/**
 * What each device sent and each observer logged. Legacy imports are nobody's taps. What mends a tap (a replacement) is
 * counted with the tap that it mends, whoever wrote it: it is no tap of its own.
 * @param times by round, how long it was fought
 */
export function tapFacts(
  state: BoutState,
  entries: readonly Entry[],
  times: ReadonlyMap<number, number | null>,
): Pick<BoutFacts, 'devices' | 'observers'> {
  const devices = new Map<string, DeviceTally>();
  const observers = new Map<string, ObserverTally>();
  const places = new Map<number, Place>();
  for (const entry of entries) {
    if (entry.flags.includes('legacy')) continue;
    const device = deviceOf(devices, entry);
    number(device, entry);
    if (entry.kind === 'action') {
      const place = { device, observer: observerTally(state, observers, entry) };
      places.set(entry.index, place);
      for (const tally of [place.device, place.observer]) if (tally !== null) count(tally, entry);
      continue;
    }
    const target = places.get(integerOf(entry.payload, 'target_index') ?? -1);
    const original = places.get(integerOf(entry.payload, 'of_index') ?? -1);
    if (entry.kind === 'void') raise(target, 'voided');
    if (entry.kind === 'replace') raise(target, 'replaced');
    // A replacement that is mended in its turn was the same tap's.
    if (entry.kind === 'replace' && target !== undefined) places.set(entry.index, target);
    if (entry.kind !== 'note' || textOf(entry.payload, 'type') !== 'suppressed') continue;
    if (device !== null) device.suppressed += 1;
    if (original?.observer != null) original.observer.suppressed += 1;
  }
  return {
    devices: [...devices.values()]
      .filter(({ taps, suppressed }) => taps + suppressed > 0)
      .map((tally) => ({ device: tally.device, ...sequence(tally), ...factsOf(tally, times) }))
      .toSorted((a, b) => (a.device < b.device ? -1 : 1)),
    observers: [...observers.values()]
      .map((tally) => ({
        kind: tally.kind,
        observer: tally.observer,
        scope: tally.kind === 'judge' ? EVERYTHING : scopeOf(state, tally.observer),
        ...factsOf(tally, times),
      }))
      .toSorted((a, b) => (`${a.kind} ${a.observer}` < `${b.kind} ${b.observer}` ? -1 : 1)),
  };
}

function emptyTally(): Tally {
  return {
    taps: 0,
    strikes: 0,
    significant: 0,
    voided: 0,
    replaced: 0,
    suppressed: 0,
    late: 0,
    implausible: 0,
    afterSwap: 0,
    rounds: new Set(),
    lags: [],
  };
}

/** As the fold of a bout: a device id is whatever its sender says, and further ones are not counted apart. */
const MAX_DEVICES = 256;

/** The device of what comes from one: taps, repeats, and what was kept of a device that had handed its seat over. */
function deviceOf(devices: Map<string, DeviceTally>, { kind, payload, actor, deviceSeq }: Entry): DeviceTally | null {
  const isRepeat = kind === 'note' && textOf(payload, 'type') === 'suppressed';
  if (kind !== 'action' && !isRepeat && deviceSeq === null) return null;
  const device = textOf(payload, 'device_id') ?? actor.device;
  if (device === null) return null;
  const known = devices.get(device);
  if (known !== undefined || devices.size >= MAX_DEVICES) return known ?? null;
  const tally: DeviceTally = { ...emptyTally(), device, numbers: new Map() };
  devices.set(device, tally);
  return tally;
}

/** A judge is the person of the panel where the bout names one, else the token's subject: a seat is nobody. */
function observerTally(state: BoutState, observers: Map<string, ObserverTally>, entry: Entry): ObserverTally | null {
  const observer: Observer = observerOf(entry);
  if (observer.kind === 'legacy') return null;
  const person = observer.kind === 'judge' ? personAt(state, observer.name, entry.round ?? 1) : observer.name;
  const id = observer.kind === 'judge' && person === observer.name ? entry.actor.subject : person;
  const key = `${observer.kind} ${id}`;
  const known = observers.get(key);
  if (known !== undefined) return known;
  const tally: ObserverTally = { ...emptyTally(), kind: observer.kind, observer: id };
  observers.set(key, tally);
  return tally;
}

function count(tally: Tally, entry: Entry): void {
  const action = actionOf(entry);
  tally.taps += 1;
  if (action !== null && typeFacts(action.type).significance) {
    tally.strikes += 1;
    if (action.significant) tally.significant += 1;
  }
  if (entry.flags.includes('late')) tally.late += 1;
  if (entry.flags.includes('implausible_time')) tally.implausible += 1;
  if (entry.flags.includes('after_swap')) tally.afterSwap += 1;
  if (entry.round !== null) tally.rounds.add(entry.round);
  if (entry.timestampMs !== null) tally.lags.push(entry.receivedMs - entry.timestampMs);
}

function raise(place: Place | undefined, name: 'voided' | 'replaced'): void {
  for (const tally of [place?.device, place?.observer]) if (tally != null) tally[name] += 1;
}

/** A device counts anew in each epoch. */
function number(tally: DeviceTally | null, { deviceEpoch, deviceSeq }: Entry): void {
  if (tally === null || deviceSeq === null) return;
  const numbers = tally.numbers.get(deviceEpoch ?? 0) ?? new Set();
  tally.numbers.set(deviceEpoch ?? 0, numbers.add(deviceSeq));
}

function sequence({ numbers }: DeviceTally): { readonly numbered: number; readonly missing: number } {
  let [numbered, missing] = [0, 0];
  for (const epoch of numbers.values()) {
    let [low, high] = [Number.MAX_SAFE_INTEGER, 0];
    for (const one of epoch) {
      low = Math.min(low, one);
      high = Math.max(high, one);
    }
    numbered += epoch.size;
    missing += high - low + 1 - epoch.size;
  }
  return { numbered, missing };
}

function factsOf(tally: Tally, times: ReadonlyMap<number, number | null>): TapFacts {
  const { taps, strikes, significant, voided, replaced, suppressed, late, implausible, afterSwap } = tally;
  let activeMs: number | null = 0;
  for (const round of tally.rounds) {
    const ms = times.get(round) ?? null;
    activeMs = activeMs === null || ms === null ? null : activeMs + ms;
  }
  const lag = lagFacts(tally.lags);
  return { taps, strikes, significant, voided, replaced, suppressed, late, implausible, afterSwap, activeMs, lag };
}

function lagFacts(lags: readonly number[]): LagFacts | null {
  const [p05, p50, p95] = [0.05, 0.5, 0.95].map((share) => quantileOf(lags, share));
  if (p05 == null || p50 == null || p95 == null) return null;
  return { p05: Math.round(p05), p50: Math.round(p50), p95: Math.round(p95) };
}

const EVERYTHING = `${CORNERS.join('+')}/${ASPECTS.join('+')}`;

/** All that an operator was ever assigned to in the bout. */
function scopeOf(state: BoutState, subject: string): string {
  const scopes = state.operators.filter((scope) => scope.subject === subject);
  if (scopes.length === 0) return EVERYTHING;
  const corners = CORNERS.filter((corner) => scopes.some((scope) => scope.corners?.includes(corner) ?? true));
  const aspects = ASPECTS.filter((aspect) => scopes.some((scope) => scope.aspects?.includes(aspect) ?? true));
  return `${corners.join('+')}/${aspects.join('+')}`;
}
