import { judgeWords as words } from '../shared/strings/judge.ts';
import type { Judge } from './model.ts';

type Props = {
  readonly judge: Judge;
  /** Whether what is due is on screen: then nothing leads there. */
  readonly scoring: boolean;
  readonly onScore: (round: number) => void;
};

/** One calm line with room of its own: what is due. */
export function Remind({ judge, scoring, onScore }: Props) {
  const due = judge.toScore.value;
  const [first] = due;
  const refused = judge.session.refusal.value;
  // What is under review is what is due.
  if (judge.steps.submitting.value.step !== 'choosing' && scoring) return null;
  return (
    <div class={scoring ? 'remind scoring' : 'remind'}>
      <div role="status" class={first === undefined ? 'hint' : 'warn-text'}>
        {refused !== null ? words.sessionRefused(refused) : first === undefined ? '' : dueWords(judge, due)}
      </div>
      {first !== undefined && !scoring && (
        <button type="button" onClick={() => onScore(first)}>
          {words.scoreNow(first)}
        </button>
      )}
    </div>
  );
}

function dueWords(judge: Judge, due: readonly number[]): string {
  const [only] = due;
  const reopened = judge.cards.value.find(({ round, state }) => round === only && state === 'reopened');
  return due.length === 1 && reopened !== undefined ? words.reopenedNow(reopened.round) : words.bellMissing(due);
}
