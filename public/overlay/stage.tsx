import type { ReadonlySignal } from '@preact/signals';
import type { Board } from '../shared/board/board.ts';
import { official } from '../shared/board/phase.ts';
import { releasedTotals } from '../shared/board/winner.ts';
import { board as words } from '../shared/board/words.ts';
import { Layer } from './layer.tsx';
import { BigClock } from './layers/clock.tsx';
import { ResultCard } from './layers/result.tsx';
import { Scorebug } from './layers/scorebug.tsx';
import { hasStatistics, Statistics } from './layers/statistics.tsx';
import { Tale } from './layers/tale.tsx';
import { WinnerCard } from './layers/winner.tsx';
import type { LayerName } from './parameters.ts';

type Props = {
  readonly board: Board;
  readonly layers: readonly LayerName[];
  readonly settled: ReadonlySignal<boolean>;
};

/** The whole picture: every layer has its own place, so that any of them can be on together. */
export function Stage({ board, layers, settled }: Props) {
  return (
    <main class="stage">
      {settled.value && layers.map((name) => <OneLayer key={name} name={name} board={board} />)}
      {settled.value && board.view.value?.bout.simulated === true && <p class="simulated plate">{words.simulated}</p>}
    </main>
  );
}

function OneLayer({ name, board }: { readonly name: LayerName; readonly board: Board }) {
  const view = board.view.value;
  const of = view?.bout.bout_id ?? null;
  switch (name) {
    case 'scorebug':
    case 'clock':
      return <TimedLayer name={name} board={board} />;
    case 'stats':
      return (
        <Layer
          name={name}
          of={of}
          data={view !== null && hasStatistics(view) ? view : null}
          draw={(data) => <Statistics view={data} />}
        />
      );
    case 'winner': {
      const winner = board.winner.value;
      return (
        <Layer
          name={name}
          of={of}
          data={view !== null && winner !== null ? { view, winner } : null}
          draw={(data) => <WinnerCard {...data} />}
        />
      );
    }
    case 'result': {
      const result = view === null ? null : official(view);
      // Totals belong to a decision: after a stoppage they decided nothing.
      const totals = result?.decision == null ? [] : releasedTotals(board.cards.value);
      return (
        <Layer
          name={name}
          of={of}
          data={view !== null && result !== null ? { view, result, totals } : null}
          draw={(data) => <ResultCard {...data} />}
        />
      );
    }
    case 'tale': {
      const fighters = board.fighters.value;
      return (
        <Layer
          name={name}
          of={of}
          data={view === null ? null : { view, fighters }}
          draw={(data) => <Tale {...data} photos={board.photos} />}
        />
      );
    }
  }
}

/** Apart, so that a second that passes redraws nothing else. */
function TimedLayer({ name, board }: { readonly name: 'scorebug' | 'clock'; readonly board: Board }) {
  const view = board.view.value;
  const face = board.face.value;
  return (
    <Layer
      name={name}
      of={view?.bout.bout_id ?? null}
      data={view !== null && face !== null ? { view, face } : null}
      draw={(data) => (name === 'scorebug' ? <Scorebug {...data} /> : <BigClock {...data} />)}
    />
  );
}
