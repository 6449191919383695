import { judgeWords as words } from '../shared/strings/judge.ts';
import type { View } from '../shared/wire/frames.ts';
import type { Judge } from './model.ts';
import { roundCount } from './rounds.ts';

type Props = {
  readonly judge: Judge;
  readonly view: View;
  /** Whether what is due is on screen: then nothing leads there. */
  readonly scoring: boolean;
  readonly onScore: (round: number) => void;
};

/** One calm line with room of its own: what is due, or in which round one works without a connection. */
export function Remind({ judge, view, scoring, onScore }: Props) {
  const due = judge.toScore.value;
  const [first] = due;
  const next = judge.round.value + 1;
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
      {judge.live.stale.value && (
        <div class="local-round">
          <span class="hint">{words.localRound(judge.round.value)}</span>
          {next <= roundCount(view) && (
            <button type="button" onClick={() => judge.beginRound(next)}>
              {words.nextRound(next)}
            </button>
          )}
        </div>
      )}
    </div>
  );
}

function dueWords(judge: Judge, due: readonly number[]): string {
  const [only] = due;
  const reopened = judge.cards.value.find(({ round, state }) => round === only && state === 'reopened');
  return due.length === 1 && reopened !== undefined ? words.reopenedNow(reopened.round) : words.bellMissing(due);
}
