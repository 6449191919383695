import { useEffect, useRef } from 'preact/hooks';
import { CORNERS } from '../../domain/corner.ts';
import { judgeWords as words } from '../shared/strings/judge.ts';
import type { View } from '../shared/wire/frames.ts';
import { isToScore, type OwnCard } from './cards.ts';
import { ChoiceBoard } from './choice-board.tsx';
import { Locked } from './locked.tsx';
import type { Judge } from './model.ts';
import { Review } from './review.tsx';
import { pointsText } from './score.ts';
import { takenIn } from './totals.ts';

type Props = {
  readonly judge: Judge;
  readonly view: View;
  /** The round that is looked at while none is under review. */
  readonly shown: number;
  readonly onPick: (round: number) => void;
};

/** The scorecard of one round: choose, check, submit; or what stands there. */
export function ScorePanel({ judge, view, shown, onPick }: Props) {
  const submitting = judge.steps.submitting.value;
  const round = submitting.step === 'choosing' ? shown : submitting.round;
  const card = judge.cards.value.find((one) => one.round === round);
  if (card === undefined) return null;
  return (
    <section class="score" aria-labelledby="score-title">
      {submitting.step === 'choosing' ? (
        <>
          <RoundPicker judge={judge} shown={round} onPick={onPick} />
          <h2 id="score-title">{isToScore(card) ? words.scoreTitle(round) : words.roundTitle(round)}</h2>
          <Apart judge={judge} round={round} />
          {isToScore(card) ? (
            <Choosing judge={judge} view={view} card={card} onPick={onPick} />
          ) : (
            <Locked judge={judge} card={card} />
          )}
        </>
      ) : (
        <Review judge={judge} submitting={submitting} />
      )}
    </section>
  );
}

type ChoosingProps = Omit<Props, 'shown'> & { readonly card: OwnCard };

function Choosing({ judge, view, card, onPick }: ChoosingProps) {
  const { facts, status } = judge;
  if (facts.value === null) return <p class="hint">{words.loadingRules}</p>;
  const { former, refusal, round } = card;
  const begun = round < judge.round.value || (round === judge.round.value && status.value !== 'NOT_STARTED');
  return (
    <>
      <p class="score-note">
        {refusal !== null && <span class="bad-text">{words.refusedCard(refusal)}</span>}
        {refusal === null && former !== null && (
          <span class="warn-text">{words.former(pointsText(former.redX10), pointsText(former.blueX10))}</span>
        )}
        {refusal === null && former === null && !begun && <span class="warn-text">{words.notYetRound}</span>}
        {refusal === null && former === null && begun && !judge.counting.value.includes(round) && (
          <span class="hint">{words.beforeBell}</span>
        )}
      </p>
      <ChoiceBoard
        key={round}
        rules={facts.value.rules}
        extension={round > view.bout.scheduled_rounds}
        former={former}
        onChoose={(score) => {
          onPick(round);
          judge.steps.submit({ type: 'choose', round, score });
        }}
      />
    </>
  );
}

/** Points taken stand beside the raw score and are never mixed into it. */
function Apart({ judge, round }: { readonly judge: Judge; readonly round: number }) {
  const taken = takenIn(judge.deductions.value, round);
  return (
    <>
      {CORNERS.map(
        (corner) =>
          taken[corner] > 0 && (
            <p key={corner} class={`apart ${corner}`}>
              {words.apart(corner, pointsText(taken[corner]))}
            </p>
          ),
      )}
    </>
  );
}

function RoundPicker({ judge, shown, onPick }: Omit<Props, 'view'>) {
  const row = useRef<HTMLDivElement>(null);
  // Of many rounds not all are seen at once.
  useEffect(() => {
    row.current?.querySelector('[aria-pressed="true"]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [shown]);
  return (
    <div class="picker" ref={row} role="group" aria-label={words.pickRound}>
      {judge.cards.value.map(({ round, state, score }) => (
        <button
          key={round}
          type="button"
          class={`chip ${state}`}
          aria-pressed={round === shown}
          onClick={() => onPick(round)}
        >
          <span class="chip-round">{words.roundChip(round)}</span>
          <span class="chip-score">
            {score === null || state === 'refused'
              ? words.dash
              : `${pointsText(score.redX10)}${words.dash}${pointsText(score.blueX10)}`}
          </span>
          <span class="visually-hidden">{words.chip[state]}</span>
        </button>
      ))}
    </div>
  );
}
