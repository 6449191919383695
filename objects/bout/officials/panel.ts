import type { PanelChange } from '../../../domain/bout/index.ts';
import { ok, type Outcome, refuse } from '../../../domain/refusal.ts';
import type { Caller } from '../../../domain/roles/index.ts';
import type { BoutContext } from '../context.ts';
import { dismissFormerJudges } from '../sockets/fan-out.ts';
import { type Content, mutate } from '../mutate.ts';
import { claimSalt, commitmentOf, newPerson, substituteKey, writePeople } from '../people/names.ts';
import type { Delivery } from '../replies.ts';

export type PanelInput = {
  readonly change: PanelChange;
  readonly judgeId: string;
  /** Who takes the seat: the subject of the new judge's token. */
  readonly person: { readonly id: string; readonly name: string } | null;
  readonly fromRound: number | null;
  readonly reason: string;
  readonly eventId: string | null;
};

/** Puts a change of the panel forward; it takes effect once a second person confirms it. */
export function proposePanel(context: BoutContext, caller: Caller, input: PanelInput): Outcome<Delivery> {
  const { eventId, ...asked } = input;
  const { person } = input;
  // The hash of the request stands in the leaf: a name in it without a salt could be guessed for ever.
  const salt = context.ledger === null ? '' : claimSalt(context.ctx.storage.sql);
  const hidden = person === null ? null : commitmentOf(salt, person.name);
  const body = { ...asked, person: person === null ? null : { id: person.id, name: hidden } };
  return mutate(context, caller, { name: 'panel', eventId, body }, (state) => {
    const substitutes = input.change === 'substitute';
    if (substitutes && input.person === null) {
      return refuse('bad_request', 'person_id, person_name: who takes the seat.', 'person_id');
    }
    // Under the entry's index: a seat may change hands more than once, and each name must stay.
    const row = input.person === null ? null : newPerson(substituteKey(state.next), input.person.name);
    return ok<Content>({
      kind: 'config',
      payload: {
        type: 'panel',
        step: 'proposed',
        change: input.change,
        judge_id: input.judgeId,
        person_id: substitutes ? (input.person?.id ?? null) : null,
        name_commitment: row === null ? null : commitmentOf(row.salt, row.name),
        from_round: substitutes ? (input.fromRound ?? state.currentRound) : null,
        reason: input.reason,
      },
      beside: (sql) => {
        if (row !== null) writePeople(sql, [row]);
      },
    });
  });
}

export type ConfirmInput = {
  readonly proposalIndex: number;
  /** False: the proposal is rejected, or taken back by who made it. */
  readonly accept: boolean;
  readonly reason: string | null;
  readonly eventId: string | null;
};

/** A second person's word on a paper scorecard or a change of the panel. */
export function confirmProposal(context: BoutContext, caller: Caller, input: ConfirmInput): Outcome<Delivery> {
  const { eventId, ...body } = input;
  const delivery = mutate(context, caller, { name: 'confirm', eventId, body }, (state) => {
    const proposal = state.proposals.find(({ index }) => index === input.proposalIndex);
    if (proposal === undefined) {
      return refuse('not_found', 'There is no such proposal waiting to be confirmed.', 'proposal_index');
    }
    const step = input.accept ? 'confirmed' : 'rejected';
    const common = { proposal_index: input.proposalIndex, judge_id: proposal.change.seat, reason: input.reason };
    return proposal.change.kind === 'paper'
      ? ok<Content>({
          kind: 'scorecard',
          round: proposal.change.round,
          payload: { type: `paper_${step}`, ...common },
        })
      : ok<Content>({ kind: 'config', payload: { type: 'panel', step, ...common } });
  });
  if (delivery.ok) dismissFormerJudges(context);
  return delivery;
}
