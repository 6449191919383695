import { useEffect, useRef } from 'preact/hooks';
import { CornerMark } from '../shared/look/corner.tsx';
import { judgeWords as words } from '../shared/strings/judge.ts';
import type { Judge } from './model.ts';
import { pointsText, winnerOf } from './score.ts';
import type { Submitting } from './submit.ts';

type Props = { readonly judge: Judge; readonly submitting: Exclude<Submitting, { readonly step: 'choosing' }> };

/**
 * The second step. The button that submits stands apart from the choices, and neither button is alive in the moment in
 * which the review appears: the second half of a double tap does nothing.
 */
export function Review({ judge, submitting }: Props) {
  const { round, score } = submitting;
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  const winner = winnerOf(score);
  const red = pointsText(score.redX10);
  const blue = pointsText(score.blueX10);
  return (
    <div class="review">
      <h2 id="score-title" ref={title} tabIndex={-1}>
        {words.reviewTitle}
      </h2>
      <div class={`review-score ${winner}`}>
        <p class="visually-hidden">{words.reviewScore(round, red, blue)}</p>
        <p class="review-round" aria-hidden="true">
          {words.roundTitle(round)}
        </p>
        <p class="review-points" aria-hidden="true">
          <span class="review-side red">
            <CornerMark corner="red" />
            <b>{red}</b>
          </span>
          <span class="choice-dash">{words.dash}</span>
          <span class="review-side blue">
            <b>{blue}</b>
            <CornerMark corner="blue" />
          </span>
        </p>
        <p class="review-winner">
          {winner === 'even' ? words.reviewEven : <CornerMark corner={winner} label={words.winsRound(winner)} />}
        </p>
      </div>
      <button
        type="button"
        class="large"
        disabled={!judge.steps.armed.value}
        onClick={() => judge.steps.submit({ type: 'back' })}
      >
        {words.change}
      </button>
      <p class="hint">{words.reviewHint}</p>
      <button
        type="button"
        class="large primary confirm"
        disabled={!judge.steps.armed.value}
        onClick={() => judge.steps.submit({ type: 'confirm' })}
      >
        {submitting.step === 'storing' ? words.storing : words.submit}
      </button>
    </div>
  );
}
