import { AUDIENCES, inAudience } from '../../domain/roles/index.ts';
import { CornerMark } from '../shared/look/corner.tsx';
import { judgeWords as words } from '../shared/strings/judge.ts';
import type { OwnCard } from './cards.ts';
import type { Judge } from './model.ts';
import { pointsText, winnerOf } from './score.ts';
import { Statistics } from './statistics.tsx';

/** What stands on the scorecard for the round, and whether the ledger has it. */
export function Locked({ judge, card }: { readonly judge: Judge; readonly card: OwnCard }) {
  const { score } = card;
  if (score === null) return null;
  const winner = winnerOf(score);
  const waiting = card.state === 'waiting';
  const policy = judge.view.value?.bout.release_policy?.recommendation;
  const released = inAudience('judge', AUDIENCES.find((one) => one === policy) ?? 'none');
  return (
    <div class="locked">
      <p class="locked-score">
        <span class="visually-hidden">
          {words.reviewScore(card.round, pointsText(score.redX10), pointsText(score.blueX10))}
        </span>
        <span aria-hidden="true" class="locked-side red">
          <CornerMark corner="red" />
          <b>{pointsText(score.redX10)}</b>
        </span>
        <span aria-hidden="true" class="choice-dash">
          {words.dash}
        </span>
        <span aria-hidden="true" class="locked-side blue">
          <b>{pointsText(score.blueX10)}</b>
          <CornerMark corner="blue" />
        </span>
      </p>
      <p>{winner === 'even' ? words.reviewEven : <CornerMark corner={winner} label={words.winsRound(winner)} />}</p>
      <p class={waiting ? 'warn-text' : 'good-text'} role="status">
        <strong>{waiting ? words.waitingCard : words.locked}</strong>
        {card.paper && <span class="tag">{words.paperCard}</span>}
      </p>
      <p class="hint">{waiting ? words.waitingCardHint : words.lockedHint}</p>
      {!waiting && released && judge.counting.value.includes(card.round) && (
        <Statistics key={card.round} judge={judge} round={card.round} />
      )}
    </div>
  );
}
