import { type ReadonlySignal, signal } from '@preact/signals';
import { ConnectionBadge } from '../shared/look/connection.tsx';
import type { Connection } from '../shared/live/link.ts';
import { words } from '../shared/strings/common.ts';
import { Actions } from './actions.tsx';
import { BoutList } from './bouts.tsx';
import type { Home } from './model.ts';
import { Moments } from './moments.tsx';
import { ResultPanel } from './result.tsx';
import { Rounds } from './rounds.tsx';
import { Scoreboard } from './scoreboard.tsx';
import { Notice } from './states.tsx';
import { TotalsPanel } from './totals.tsx';

const IDLE: Readonly<Record<'connecting' | 'live' | 'refused', ReadonlySignal<Connection>>> = {
  connecting: signal<Connection>({ state: 'connecting' }),
  live: signal<Connection>({ state: 'live' }),
  refused: signal<Connection>({ state: 'refused' }),
};

export function HomePage({ home }: { readonly home: Home }) {
  const state = home.state.value;
  const feed = state.kind === 'bout' ? state.socket.feed.value : null;
  return (
    <>
      <a class="skip" href="#bout">
        {words.skip}
      </a>
      <header class="top">
        <div class="top-inner">
          <a class="brand" href="/">
            <Mark />
            <span>{words.product}</span>
          </a>
          {state.kind === 'bout' ? (
            <ConnectionBadge connection={state.socket.connection} />
          ) : (
            <ConnectionBadge connection={connectionWithout(state.kind)} />
          )}
        </div>
      </header>
      <main id="bout" class="page" tabIndex={-1}>
        {state.kind === 'bout' ? (
          <div class="grid" aria-busy={feed === null}>
            <Scoreboard feed={feed} socket={state.socket} />
            <TotalsPanel view={feed?.view ?? null} />
            <Rounds view={feed?.view ?? null} />
            <ResultPanel view={feed?.view ?? null} />
            <Moments view={feed?.view ?? null} />
            <Actions feed={feed} />
            <BoutList bouts={home.bouts.value} shown={state.boutId} following={home.following} />
          </div>
        ) : (
          <>
            <Notice state={state} />
            {home.bouts.value.length > 0 && state.kind !== 'loading' && (
              <BoutList bouts={home.bouts.value} shown={null} following={home.following} />
            )}
          </>
        )}
      </main>
      <footer class="foot">
        <a href="/api/docs">{words.apiDocs}</a>
      </footer>
    </>
  );
}

/** Without a bout there is no socket; `empty` is what the server has just said, and it is asked on. */
function connectionWithout(kind: string) {
  if (kind === 'empty') return IDLE.live;
  return kind === 'loading' ? IDLE.connecting : IDLE.refused;
}

function Mark() {
  return (
    <svg class="brand-mark" viewBox="0 0 28 16" aria-hidden="true" focusable="false">
      <path class="red" d="M7 1 13.5 15H.5Z" />
      <rect class="blue" x="15" y="2" width="12" height="12" rx="1.2" />
    </svg>
  );
}
