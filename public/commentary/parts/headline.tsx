import type { ReadonlySignal } from '@preact/signals';
import type { Corner } from '../../../domain/corner.ts';
import { type Board, nameOf } from '../../shared/board/board.ts';
import { official } from '../../shared/board/phase.ts';
import { TimeText } from '../../shared/board/time-text.tsx';
import { board as words, howWords, resultWords } from '../../shared/board/words.ts';
import { roundWords } from '../../shared/board/words-of-round.ts';
import type { Live } from '../../shared/live/live.ts';
import { CornerMark } from '../../shared/look/corner.tsx';
import { commentary } from '../../shared/strings/commentary.ts';
import { words as common } from '../../shared/strings/common.ts';
import type { View } from '../../shared/wire/frames.ts';

type Props = {
  readonly board: Board;
  readonly view: View;
  readonly live: Live;
  readonly rules: ReadonlySignal<readonly string[] | null>;
};

export function Headline({ board, view, live, rules }: Props) {
  const result = official(view);
  const line = rules.value;
  const { promotion, event, simulated } = view.bout;
  return (
    <section class="panel headline" aria-labelledby="bout-title">
      <p class="headline-event">
        {[promotion, event].filter((part) => part !== '').join(' · ')}
        {simulated && <span class="tag simulated">{words.simulated}</span>}
      </p>
      <h1 id="bout-title" class="headline-names">
        <Name view={view} corner="red" />
        <span class="headline-second">
          <small>{words.versus}</small> <Name view={view} corner="blue" />
        </span>
      </h1>
      <p class="headline-round">
        <span>{roundWords(view)}</span>
        <Clock board={board} live={live} />
      </p>
      <p class="headline-result" role="status">
        {result !== null && (
          <>
            <b>{resultWords(result, (corner) => nameOf(view, corner))}</b> {howWords(result)}
          </>
        )}
      </p>
      <p class="headline-rules">
        <b>{commentary.rules.title}:</b> {line === null ? words.unknown : line.join(' · ')}
      </p>
    </section>
  );
}

function Name({ view, corner }: { readonly view: View; readonly corner: Corner }) {
  return (
    <span class={`headline-name ${corner}`}>
      <CornerMark corner={corner} />
      <span>{nameOf(view, corner)}</span>
    </span>
  );
}

function Clock({ board, live }: { readonly board: Board; readonly live: Live }) {
  const face = board.face.value;
  if (face === null) return null;
  return (
    <>
      <span class="headline-clock">
        <TimeText face={face} />
      </span>
      <span class={`headline-status ${face.status}`}>
        {live.stale.value ? common.unconfirmed : common.roundStatus[face.status]}
      </span>
    </>
  );
}
