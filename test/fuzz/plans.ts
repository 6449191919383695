import fc from 'fast-check';
import { roundSeed } from '../../cli/simulator/random.ts';
import type { Document } from './document.ts';
import type { Plan } from './perform.ts';
import { rawPlans } from './raw.ts';
import { requestsOf } from './request.ts';
import { socketPlans, upgradePlans } from './socket.ts';

/** How the plan of each case is made. */
export type Plans = {
  /** The arbitrary of a case and its seed: the same for the same run and number. */
  readonly of: (seed: number, number: number) => { readonly arbitrary: fc.Arbitrary<Plan>; readonly seed: number };
  /** Everything that there are plans for. */
  readonly keys: readonly string[];
};

/** @throws Error where `only` is neither an operation of the document nor `raw` */
export function createPlans(document: Document, only: string | null): Plans {
  const requests = document.operations.map((operation) => ({
    key: operation.key,
    weight: 4,
    arbitrary: requestsOf(operation, document),
  }));
  const all = [
    ...requests.map(({ arbitrary, ...one }) => ({ ...one, arbitrary: plans(arbitrary) })),
    { key: socketKey(document), weight: 14, arbitrary: plans(socketPlans(document)) },
    { key: socketKey(document), weight: 6, arbitrary: plans(upgradePlans(document)) },
    { key: 'raw', weight: 14, arbitrary: plans(rawPlans(fc.oneof(...requests))) },
  ];
  const chosen = all.filter(({ key }) => only === null || key === only);
  if (chosen.length === 0) throw new Error(`--only: one of\n  ${keysOf(all).join('\n  ')}`);
  const any = fc.oneof(...chosen);
  return {
    keys: keysOf(chosen),
    // First each once, so that a short run leaves none out.
    of: (seed, number) => ({ arbitrary: chosen[number]?.arbitrary ?? any, seed: roundSeed(seed, number) | 0 }),
  };
}

function keysOf(list: readonly { readonly key: string }[]): string[] {
  return [...new Set(list.map(({ key }) => key))];
}

function plans<T extends Plan>(some: fc.Arbitrary<T>): fc.Arbitrary<Plan> {
  return some.map((plan): Plan => plan);
}

function socketKey(document: Document): string {
  return document.operations.find((one) => one.isSocket)?.key ?? 'socket';
}

/** The first that a seed gives. */
export function planOf({ arbitrary, seed }: ReturnType<Plans['of']>): Plan {
  const [plan] = fc.sample(arbitrary, { seed, numRuns: 1 });
  if (plan === undefined) throw new Error('No plan was made.');
  return plan;
}
