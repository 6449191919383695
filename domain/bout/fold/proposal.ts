import type { Entry } from '../../ledger/entry.ts';
import { integerOf } from '../../ledger/read.ts';
import { ok, type Outcome, refuse } from '../../refusal.ts';
import { isSamePerson } from '../panel.ts';
import type { BoutState, Proposal } from '../state.ts';

type Change = Proposal['change'];

/** More than this many things never wait for a second person at once; a list without end would be in every snapshot. */
const MAX_OPEN = 64;

/** Puts a change forward: it has no effect until a second person confirms it. */
export function propose(state: BoutState, entry: Entry, change: Change): Outcome<BoutState> {
  if (state.proposals.length >= MAX_OPEN) {
    return refuse('conflict', 'Too many proposals wait to be confirmed; confirm or reject some first.', 'bout_id');
  }
  const proposal: Proposal = { index: entry.index, proposedBy: entry.actor.subject, change };
  return ok({ ...state, proposals: [...state.proposals, proposal] });
}

/**
 * Takes a proposal off the list. Who confirms must be somebody else than who proposed; anybody who may propose may
 * reject, the proposer too.
 */
export function close<C extends Change>(
  state: BoutState,
  entry: Entry,
  isIt: (change: Change) => change is C,
  confirmed: boolean,
): Outcome<{ readonly change: C; readonly proposal: Proposal; readonly state: BoutState }> {
  const index = integerOf(entry.payload, 'proposal_index');
  const proposal = state.proposals.find((one) => one.index === index);
  if (proposal === undefined || !isIt(proposal.change)) {
    return refuse('not_found', 'There is no such proposal waiting to be confirmed.', 'proposal_index');
  }
  if (confirmed && isSamePerson(proposal.proposedBy, entry.actor.subject)) {
    return refuse('forbidden', 'A second person confirms, not who proposed it.', 'proposal_index');
  }
  const proposals = state.proposals.filter((one) => one !== proposal);
  return ok({ change: proposal.change, proposal, state: { ...state, proposals } });
}
