import type { JudgedRound } from '../judged.ts';
import { falseDiscoveryRates } from '../math/false-discovery.ts';
import { deviceFindings, type DeviceInBout } from './devices.ts';
import { judgeFindings } from './judges.ts';
import { joined, type NotAsked, type Tested } from './kinds.ts';
import { observerFindings, type ObserverInBout } from './observers.ts';
import { anomalyQuestion } from './question.ts';

/** The share of anomalies of one answer that may be none. */
export const FALSE_DISCOVERY_RATE = 0.05;

/** What is unusual. A question, no verdict: a device may have been put into a cellar, a judge may have seen it right. */
export type Anomaly = Tested & {
  /** Benjamini and Hochberg's, over every test of the answer. */
  readonly falseDiscoveryRate: number;
  readonly question: string;
};

export type AnomalyReport = {
  /** How many tests were made: each makes the others' bar higher. */
  readonly tested: number;
  /** The least likely first. */
  readonly anomalies: readonly Anomaly[];
  readonly notAsked: readonly NotAsked[];
};

export type Observed = {
  readonly devices: readonly DeviceInBout[];
  readonly observers: readonly ObserverInBout[];
  readonly rounds: readonly JudgedRound[];
};

/**
 * What is unusual among all that was asked about. Flagged is what is at once unlikely, with a false discovery rate of
 * at most 5 % over all tests of the answer, and large: |M| > 3.5, twice or half the others' share.
 */
export function anomaliesOf({ devices, observers, rounds }: Observed): AnomalyReport {
  const { tested, notAsked } = joined([deviceFindings(devices), observerFindings(observers), judgeFindings(rounds)]);
  const rates = falseDiscoveryRates(tested.map(({ p }) => p));
  const anomalies = tested.flatMap((one, at): Anomaly[] => {
    const falseDiscoveryRate = rates[at] ?? 1;
    if (!one.matters || falseDiscoveryRate > FALSE_DISCOVERY_RATE) return [];
    return [{ ...one, falseDiscoveryRate, question: anomalyQuestion(one) }];
  });
  return { tested: tested.length, anomalies: anomalies.toSorted(byChance), notAsked };
}

function byChance(a: Anomaly, b: Anomaly): number {
  // Beyond some forty deviations all chances are 0.
  const further = Math.abs(b.score ?? 0) - Math.abs(a.score ?? 0);
  return a.p - b.p || further || (`${a.kind} ${a.subject.id}` < `${b.kind} ${b.subject.id}` ? -1 : 1);
}
