import { within } from '../../within.ts';
import type { BoutContext } from '../context.ts';
import { readChanges } from '../release/released.ts';

/** The other jobs wait for this one. */
const TELL_MS = 5_000;

/** Tells the deployment's ledger every change that it has not recorded, in their order; each is recorded once. */
export async function recordReleases(context: BoutContext): Promise<void> {
  if (context.ledger?.state?.sealed == null) return;
  const { sql } = context.ctx.storage;
  for (const { recorded, actor, ...change } of readChanges(sql)) {
    if (recorded !== null) continue;
    const tell = async () =>
      await context.env.PLATFORM.getByName('platform').recordRelease({ ...change, boutId: context.boutId, by: actor });
    const outcome = await within(TELL_MS, 'the platform', tell());
    if (!outcome.ok) throw new Error(outcome.detail);
    const { index, hash } = outcome.value.answer;
    sql.exec(
      'UPDATE release_after_seal SET recorded = ? WHERE change = ?',
      JSON.stringify({ index, hash }),
      change.change,
    );
  }
}
