import { integerOf, textOf } from '../ledger/index.ts';
import type { Entry } from '../ledger/index.ts';
import type { BoutResult } from '../bout/index.ts';
import type { SealedBout } from './sealed-bout.ts';

/** Who did something official: by id and role, because names of officials besides the panel are nowhere kept. */
export type Official = { readonly subject: string; readonly role: string; readonly atMs: number };

export type ResultModel = {
  readonly status: BoutResult['status'];
  readonly winner: BoutResult['winner'];
  readonly method: string;
  readonly decision: string | null;
  readonly round: number | null;
  /** Elapsed in the round. */
  readonly clockMs: number | null;
  readonly reason: string | null;
  readonly proposed: Official | null;
  readonly confirmed: Official | null;
};

export function resultOf({ state, entries }: SealedBout): ResultModel | null {
  const { result } = state;
  if (result === null) return null;
  const proposal = entries[result.index];
  const confirmation = entries.findLast(
    ({ kind, payload }) =>
      kind === 'result' &&
      textOf(payload, 'type') === 'confirmed' &&
      integerOf(payload, 'proposal_index') === result.index,
  );
  const { status, winner, method, decision, round, clockMs } = result;
  return {
    status,
    winner,
    method,
    decision,
    round,
    clockMs,
    reason: proposal === undefined ? null : textOf(proposal.payload, 'reason'),
    proposed: proposal === undefined ? null : officialOf(proposal),
    confirmed: confirmation === undefined ? null : officialOf(confirmation),
  };
}

function officialOf({ actor, receivedMs }: Entry): Official {
  return { subject: actor.subject, role: actor.role, atMs: receivedMs };
}
