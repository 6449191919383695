import type { ReadonlySignal } from '@preact/signals';
import type { Board } from '../shared/board/board.ts';
import type { Live } from '../shared/live/live.ts';
import { Notice } from '../shared/look/notice.tsx';
import { Top } from '../shared/look/top.tsx';
import { commentary } from '../shared/strings/commentary.ts';
import { ActionFeed } from './parts/actions.tsx';
import { FighterSheet } from './parts/fighters.tsx';
import { Headline } from './parts/headline.tsx';
import { MomentList } from './parts/moments.tsx';
import { Scoring } from './parts/scoring.tsx';
import { StatisticsTable } from './parts/statistics.tsx';
import type { Entries } from './open-entries.ts';

type Props = {
  readonly board: Board;
  readonly live: Live;
  readonly entries: Entries;
  readonly rules: ReadonlySignal<readonly string[] | null>;
};

export function CommentaryPage({ board, live, entries, rules }: Props) {
  const view = board.view.value;
  return (
    <>
      <Top title={commentary.title} connection={live.connection}>
        <button type="button" class="print-button" onClick={() => print()}>
          {commentary.print}
        </button>
      </Top>
      <main id="main" class="page" tabIndex={-1}>
        {view === null ? (
          <Empty live={live} />
        ) : (
          <div class="sheet">
            <Headline board={board} view={view} live={live} rules={rules} />
            <FighterSheet board={board} view={view} />
            <StatisticsTable view={view} live={live} entries={entries} cards={board.cards} />
            <ActionFeed view={view} live={live} />
            <MomentList view={view} />
            <Scoring board={board} view={view} />
          </div>
        )}
      </main>
    </>
  );
}

function Empty({ live }: { readonly live: Live }) {
  switch (live.state.value) {
    case 'waiting':
      return <Notice title={commentary.waiting} hint={commentary.waitingHint} />;
    case 'unreachable':
      return <Notice title={commentary.unreachable} hint={commentary.unreachableHint} />;
    case 'refused':
      return <Refused live={live} />;
    case 'loading':
    case 'bout':
      return <Notice title={commentary.loading} />;
  }
}

function Refused({ live }: { readonly live: Live }) {
  switch (live.refusal.value) {
    case 'unknown':
      return <Notice title={commentary.unknown} />;
    case 'token_refused':
      return <Notice title={commentary.tokenRefused} hint={commentary.tokenRefusedHint} />;
    case 'forbidden':
    case null:
      return <Notice title={commentary.forbidden} hint={commentary.forbiddenHint} />;
  }
}
