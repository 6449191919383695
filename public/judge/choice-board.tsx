import { useMemo } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import { CORNERS } from '../../domain/corner.ts';
import type { Rules } from '../../domain/rules/index.ts';
import { CornerMark } from '../shared/look/corner.tsx';
import { judgeWords as words } from '../shared/strings/judge.ts';
import { type Choices, choicesFor } from './choices.ts';
import { pointsText, sameScore, type Score, winnerOf } from './score.ts';

type Props = {
  readonly rules: Rules;
  readonly extension: boolean;
  readonly former: Score | null;
  readonly onChoose: (score: Score) => void;
};

/** Every lawful score of the round and no other: the usual ones first, the rest behind one button. */
export function ChoiceBoard({ rules, extension, former, onChoose }: Props) {
  const { usual, more } = useMemo(() => choicesFor(rules, extension), [rules, extension]);
  const open = useSignal(false);
  const hasMore = [more.red, more.blue, more.even].some(({ length }) => length > 0);
  return (
    <>
      <Board choices={usual} former={former} onChoose={onChoose} />
      <button
        type="button"
        class="more"
        disabled={!hasMore}
        aria-expanded={open.value}
        onClick={() => {
          open.value = !open.value;
        }}
      >
        {hasMore ? (open.value ? words.fewer : words.more) : words.noMore}
      </button>
      {open.value && <Board choices={more} former={former} onChoose={onChoose} />}
    </>
  );
}

type BoardProps = {
  readonly choices: Choices;
  readonly former: Score | null;
  readonly onChoose: (score: Score) => void;
};

function Board({ choices, former, onChoose }: BoardProps) {
  const button = (score: Score, side: string) => (
    <button
      key={`${score.redX10}-${score.blueX10}`}
      type="button"
      class={`choice ${side} ${sameScore(score, former) ? 'former' : ''}`}
      aria-label={words.scoreLabel(scoreText(score), whose(score))}
      onClick={() => onChoose(score)}
    >
      <span>{pointsText(score.redX10)}</span>
      <span class="choice-dash">{words.dash}</span>
      <span>{pointsText(score.blueX10)}</span>
    </button>
  );
  return (
    <div class="board">
      {CORNERS.map((corner) => (
        <div key={corner} class={`board-column ${corner}`}>
          <p class="corner-head">
            <CornerMark corner={corner} label={words.winsRound(corner)} />
          </p>
          {choices[corner].map((score) => button(score, corner))}
        </div>
      ))}
      {choices.even.length > 0 && (
        <div class="board-even">
          <p class="corner-head">{words.evenRound}</p>
          {choices.even.map((score) => button(score, 'even'))}
        </div>
      )}
    </div>
  );
}

function scoreText({ redX10, blueX10 }: Score): string {
  return `${pointsText(redX10)}${words.dash}${pointsText(blueX10)}`;
}

function whose(score: Score): string {
  const winner = winnerOf(score);
  return winner === 'even' ? words.evenRound : words.winsRound(winner);
}
