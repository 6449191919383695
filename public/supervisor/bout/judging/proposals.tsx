import { words } from '../../../shared/strings/supervisor-bout.ts';
import type { Desk } from '../desk.ts';
import { SendingLine } from '../fate.tsx';
import { isSamePerson } from '../model/cards.ts';
import { useCommand } from '../sending.ts';
import type { Proposal } from '../wire.ts';

/** What one person has put forward and a second has to confirm. */
export function Proposals({ desk }: { readonly desk: Desk }) {
  const proposals = desk.scorecards.value.value?.proposals ?? [];
  // Shared by the lines: one that was taken leaves the list, and its word must outlive it.
  const { sending, send } = useCommand(desk);
  return (
    <div class="proposals">
      <h3>{words.proposals}</h3>
      {proposals.length === 0 ? (
        <p class="hint">{words.noProposals}</p>
      ) : (
        <ul>
          {proposals.map((one) => (
            <Line
              key={one.proposal_index}
              proposal={one}
              own={isSamePerson(one.proposed_by, desk.credential.claims.value?.subject ?? null)}
              busy={sending.value.phase === 'pending'}
              answer={(accept) => void send('/confirm', { proposal_index: one.proposal_index, accept })}
            />
          ))}
        </ul>
      )}
      <SendingLine sending={sending} />
    </div>
  );
}

type LineProps = {
  readonly proposal: Proposal;
  readonly own: boolean;
  readonly busy: boolean;
  readonly answer: (accept: boolean) => void;
};

function Line({ proposal, own, busy, answer }: LineProps) {
  return (
    <li class="proposal">
      <p>{proposalWords(proposal)}</p>
      <p class="hint">{words.proposedBy(proposal.proposed_by, proposal.proposal_index)}</p>
      {own && <p class="hint own">{words.anotherMust}</p>}
      <div class="row">
        {!own && (
          <button type="button" class="primary" disabled={busy} onClick={() => answer(true)}>
            {words.confirm}
          </button>
        )}
        <button type="button" disabled={busy} onClick={() => answer(false)}>
          {own ? words.takeBack : words.reject}
        </button>
      </div>
    </li>
  );
}

function proposalWords({ kind, judge_id, round_id, red, blue, person_id, from_round }: Proposal): string {
  switch (kind) {
    case 'paper':
      return words.paperProposal(judge_id, round_id ?? 0, red ?? 0, blue ?? 0);
    case 'substitute':
      return words.substituteProposal(judge_id, person_id ?? '', from_round ?? 0);
    case 'absent':
      return words.absentProposal(judge_id);
    case 'present':
      return words.presentProposal(judge_id);
  }
}
