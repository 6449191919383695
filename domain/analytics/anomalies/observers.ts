import type { ObserverFacts } from '../facts/index.ts';
import { sum } from '../interval.ts';
import { groupBy } from '../panel.ts';
import { byBinomial, byModifiedZ, enough } from './compare.ts';
import { type Findings, joined, MIN_ACTIVE_MINUTES, MIN_TAPS } from './kinds.ts';

/** What one observer logged in one bout. */
export type ObserverInBout = ObserverFacts & { readonly boutId: string; readonly sport: string };

/** Every observer against the others of the same kind, sport and assignment: a jab is no takedown, one corner not two. */
export function observerFindings(rows: readonly ObserverInBout[]): Findings {
  const peers = groupBy(rows, ({ kind, sport, scope }) => JSON.stringify([kind, sport, scope]));
  return joined([...peers.values()].map(amongPeers));
}

function amongPeers(rows: readonly ObserverInBout[]): Findings {
  const [first] = rows;
  if (first === undefined) return { tested: [], notAsked: [] };
  const { kind: type, sport, scope } = first;
  const population = `${type}s who log ${scope} in ${sport}`;
  const observers = [...groupBy(rows, ({ observer }) => observer)].map(([id, bouts]) => {
    const timed = bouts.filter(({ activeMs }) => activeMs !== null);
    return {
      id,
      bouts,
      taps: sum(bouts.map(({ taps }) => taps)),
      voided: sum(bouts.map(({ voided }) => voided)),
      timed: timed.map(({ boutId }) => boutId),
      timedTaps: sum(timed.map(({ taps }) => taps)),
      minutes: sum(timed.map(({ activeMs }) => (activeMs ?? 0) / 60_000)),
    };
  });
  const rates = enough('operator_rate', population, MIN_ACTIVE_MINUTES, observers, ({ minutes }) => minutes);
  const voids = enough('operator_voids', population, MIN_TAPS, observers, ({ taps }) => taps);
  return joined([
    { tested: [], notAsked: [...rates.notAsked, ...voids.notAsked] },
    byModifiedZ(
      { kind: 'operator_rate', type, population, unit: 'per_minute' },
      rates.kept.map(({ id, timedTaps, minutes, timed }) => ({
        id,
        value: timedTaps / minutes,
        n: timed.length,
        bouts: timed,
      })),
    ),
    byBinomial(
      { kind: 'operator_voids', type, population },
      voids.kept.map(({ id, voided, taps, bouts }) => ({
        id,
        hits: voided,
        n: taps,
        bouts: bouts.filter((bout) => bout.voided > 0).map(({ boutId }) => boutId),
      })),
      2,
    ),
  ]);
}
