import type { DeviceFacts, LagFacts } from '../facts/index.ts';
import { sum } from '../interval.ts';
import { medianOf } from '../math/robust.ts';
import { groupBy } from '../panel.ts';
import { byBinomial, byModifiedZ, enough } from './compare.ts';
import { type AnomalyKind, type Findings, joined, MIN_TAPS } from './kinds.ts';

/** What one device did in one bout. */
export type DeviceInBout = DeviceFacts & { readonly boutId: string };

type Device = { readonly id: string; readonly bouts: readonly DeviceInBout[]; readonly taps: number };

const POPULATION = 'devices of these bouts';

/** Every device against all others. A device's figure is the median over its bouts, or its share over all of them. */
export function deviceFindings(rows: readonly DeviceInBout[]): Findings {
  const devices = [...groupBy(rows, ({ device }) => device)].map(([id, bouts]): Device => ({
    id,
    bouts,
    taps: sum(bouts.map(({ taps }) => taps)),
  }));
  return joined([
    lag('device_clock', devices, ({ p05 }) => p05),
    lag('device_lag', devices, ({ p05, p95 }) => p95 - p05),
    share(
      'device_duplicates',
      devices,
      ({ suppressed }) => suppressed,
      ({ taps, suppressed }) => taps + suppressed,
    ),
    share(
      'device_gaps',
      devices,
      ({ missing }) => missing,
      ({ numbered, missing }) => numbered + missing,
    ),
  ]);
}

function lag(kind: AnomalyKind, devices: readonly Device[], read: (lag: LagFacts) => number): Findings {
  const { kept, notAsked } = enough(kind, POPULATION, MIN_TAPS, devices, ({ taps }) => taps);
  const measured = kept.flatMap(({ id, bouts }) => {
    const timed = bouts.filter((bout) => bout.lag !== null);
    const value = medianOf(timed.flatMap((bout) => (bout.lag === null ? [] : [read(bout.lag)])));
    return value === null ? [] : [{ id, value, n: timed.length, bouts: timed.map(({ boutId }) => boutId) }];
  });
  return joined([
    { tested: [], notAsked },
    byModifiedZ({ kind, type: 'device', population: POPULATION, unit: 'ms' }, measured),
  ]);
}

function share(
  kind: AnomalyKind,
  devices: readonly Device[],
  hitsOf: (bout: DeviceInBout) => number,
  of: (bout: DeviceInBout) => number,
): Findings {
  const counted = devices.map(({ id, bouts }) => ({
    id,
    hits: sum(bouts.map(hitsOf)),
    n: sum(bouts.map(of)),
    bouts: bouts.filter((bout) => hitsOf(bout) > 0).map(({ boutId }) => boutId),
  }));
  const { kept, notAsked } = enough(kind, POPULATION, MIN_TAPS, counted, ({ n }) => n);
  return joined([{ tested: [], notAsked }, byBinomial({ kind, type: 'device', population: POPULATION }, kept, 1)]);
}
