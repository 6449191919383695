import fc from 'fast-check';
import type { Fault } from './checks.ts';
import type { Outcome, Plan } from './perform.ts';
import type { Plans } from './plans.ts';

/** A failure is made smaller for so long at most. */
const PATIENCE_MS = 8_000;

/** Each try would take as long as the server may be silent. */
const TOO_SLOW = ['hang'];

/**
 * The smallest plan that fast-check finds to have the same fault; null where it does not happen again. What it needed
 * (an id that was free, a round that was open) may be gone.
 */
export async function smallest(
  { arbitrary, seed }: ReturnType<Plans['of']>,
  fault: Fault,
  again: (plan: Plan) => Promise<Outcome>,
): Promise<Outcome | null> {
  if (TOO_SLOW.includes(fault.check)) return null;
  let least: Outcome | null = null;
  const property = fc.asyncProperty(arbitrary, async (plan) => {
    const outcome = await again(plan);
    if (!outcome.faults.some((one) => one.check === fault.check)) return;
    least = outcome;
    throw new Error(fault.detail);
  });
  await fc.check(property, { seed, numRuns: 1, interruptAfterTimeLimit: PATIENCE_MS });
  return least;
}
