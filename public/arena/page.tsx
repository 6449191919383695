import type { ReadonlySignal, Signal } from '@preact/signals';
import type { Board } from '../shared/board/board.ts';
import { type BoardFacts, type BoardName, boardShown, official } from '../shared/board/phase.ts';
import { releasedTotals } from '../shared/board/winner.ts';
import type { Live } from '../shared/live/live.ts';
import { ConnectionBadge } from '../shared/look/connection.tsx';
import { arena } from '../shared/strings/arena.ts';
import { LiveBoard } from './boards/live.tsx';
import { ResultBoard } from './boards/result.tsx';
import { StandbyBoard } from './boards/standby.tsx';
import { TaleBoard } from './boards/tale.tsx';
import { WinnerBoard } from './boards/winner.tsx';
import { Controls } from './controls.tsx';
import type { NextBout } from './next.ts';

type Props = {
  readonly board: Board;
  readonly live: Live;
  readonly wanted: Signal<BoardName | 'auto'>;
  readonly next: ReadonlySignal<NextBout | null>;
};

export function ArenaPage({ board, live, wanted, next }: Props) {
  const facts: BoardFacts = {
    view: board.view.value,
    status: board.face.value?.status ?? null,
    winner: board.winner.value,
    fighters: board.fighters.value,
  };
  const shown = boardShown(wanted.value, facts);
  return (
    <>
      <main class={`arena board-${shown}`} data-board={shown}>
        <Shown board={board} live={live} shown={shown} next={next} />
      </main>
      <footer class="arena-foot">
        <Controls wanted={wanted} shown={shown} facts={facts} />
        <ConnectionBadge connection={live.connection} />
      </footer>
    </>
  );
}

type ShownProps = Pick<Props, 'board' | 'live' | 'next'> & { readonly shown: BoardName };

function Shown({ board, live, shown, next }: ShownProps) {
  const view = board.view.value;
  const winner = board.winner.value;
  const result = view === null ? null : official(view);
  if (view === null) return <StandbyBoard view={null} next={null} words={emptyWords(live)} />;
  switch (shown) {
    case 'tale':
      return <TaleBoard view={view} fighters={board.fighters.value} photos={board.photos} />;
    case 'live':
      return <LiveBoard board={board} view={view} />;
    case 'winner':
      return winner === null ? null : <WinnerBoard view={view} winner={winner} />;
    case 'result':
      return result === null ? null : (
        <ResultBoard
          view={view}
          result={result}
          totals={result.decision === null ? [] : releasedTotals(board.cards.value)}
          photo={
            result.winner_corner === null ? null : (board.fighters.value?.[result.winner_corner].photo_url ?? null)
          }
          photos={board.photos}
        />
      );
    case 'standby':
      return <StandbyBoard view={view} next={next.value} words={arena.standby} />;
  }
}

function emptyWords(live: Live): string {
  switch (live.state.value) {
    case 'waiting':
      return arena.waiting;
    case 'unreachable':
      return arena.unreachable;
    case 'refused':
      return refusalWords(live);
    case 'loading':
    case 'bout':
      return arena.loading;
  }
}

function refusalWords(live: Live): string {
  switch (live.refusal.value) {
    case 'unknown':
      return arena.unknown;
    case 'token_refused':
      return arena.tokenRefused;
    case 'forbidden':
    case null:
      return arena.forbidden;
  }
}
