import { words as common } from '../../../shared/strings/common.ts';
import { words } from '../../../shared/strings/supervisor-bout.ts';
import type { Proposal } from '../../../shared/wire/scorecards.ts';
import type { Desk } from '../desk.ts';
import { SendingLine } from '../fate.tsx';
import { isSamePerson } from '../model/cards.ts';
import { goToWaitingResult } from '../result/waiting.tsx';
import { useCommand } from '../sending.ts';
import type { DeskResult } from '../wire.ts';
import { resultWords } from '../words.ts';

/** What one person has put forward and a second has to confirm. */
export function Proposals({ desk }: { readonly desk: Desk }) {
  const proposals = desk.scorecards.value.value?.proposals ?? [];
  // Shared by the lines: one that was taken leaves the list, and its word must outlive it.
  const { sending, send } = useCommand(desk);
  const result = desk.result.value?.status === 'pending' ? desk.result.value : null;
  return (
    <div class="proposals">
      <h3>{words.proposals}</h3>
      {proposals.length === 0 && result === null ? (
        <p class="hint">{words.noProposals}</p>
      ) : (
        <ul>
          {result !== null && <ResultLine result={result} />}
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

/** It is confirmed where it stands in full; here it is counted. */
function ResultLine({ result }: { readonly result: DeskResult }) {
  return (
    <li class="proposal result-line">
      <p>{words.waitingResult(resultWords(result, result.winner ?? common.notYet))}</p>
      <div class="row">
        <button type="button" onClick={goToWaitingResult}>
          {words.goToResult}
        </button>
      </div>
    </li>
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
