import { words } from '../../../shared/strings/supervisor-bout.ts';
import type { Desk } from '../desk.ts';
import type { DeskResult, DeskScorecards } from '../wire.ts';
import { Winner } from './winner.tsx';

type Props = { readonly desk: Desk; readonly result: DeskResult; readonly cards: DeskScorecards };

/** The result as it stands for good: by whose word, and what each judge gave in all. */
export function Official({ desk, result, cards }: Props) {
  const confirmed = desk.log.value.findLast(({ kind, payload }) => kind === 'result' && payload.type === 'confirmed');
  const by = [
    result.proposed_by === null ? null : words.proposedBy(result.proposed_by, result.proposal_index),
    confirmed === undefined ? null : words.confirmedBy(confirmed.actor.subject, confirmed.sequence_index),
  ].filter((part) => part !== null);
  const totals = cards.seats.flatMap(({ judge_id, judge_name, total }) =>
    total === null ? [] : [{ judge_id, judge_name, said: words.score(total.red, total.blue) }],
  );
  return (
    <>
      <div class="result-official">
        <span class="tag">{words.official}</span>
        <Winner result={result} />
      </div>
      {by.map((said) => (
        <p key={said} class="hint">
          {said}
        </p>
      ))}
      {totals.length > 0 && (
        <>
          <h3>{words.judgesTotals}</h3>
          <ul class="result-totals">
            {totals.map(({ judge_id, judge_name, said }) => (
              <li key={judge_id}>
                <span>{judge_name}</span> <b>{said}</b>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
