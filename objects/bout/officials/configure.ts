import { type ReleasePolicy, releaseToLeaf } from '../../../domain/bout/index.ts';
import { ok, type Outcome } from '../../../domain/refusal.ts';
import type { Caller } from '../../../domain/roles/index.ts';
import type { BoutContext } from '../context.ts';
import { type Content, mutate } from '../mutate.ts';
import { releaseAfterSeal } from '../release/release-after-seal.ts';
import type { Delivery } from '../replies.ts';

export type ConfigureInput = {
  readonly release: ReleasePolicy | null;
  readonly delayMs: number | null;
  readonly reason: string | null;
  readonly eventId: string | null;
};

/** A sealed bout's ledger takes nothing any more: the change stands beside it, and in the deployment's. */
export async function configure(
  context: BoutContext,
  caller: Caller,
  input: ConfigureInput,
): Promise<Outcome<Delivery>> {
  const { eventId, ...body } = input;
  const delivery = mutate(context, caller, { name: 'configure', eventId, body }, () =>
    ok<Content>({
      kind: 'config',
      payload: {
        type: 'changed',
        release_policy: input.release === null ? null : releaseToLeaf(input.release),
        delay_ms: input.delayMs,
        reason: input.reason,
      },
    }),
  );
  return !delivery.ok && delivery.code === 'sealed' ? await releaseAfterSeal(context, caller, input) : delivery;
}
