import { Top } from '../shared/look/top.tsx';
import { words } from '../shared/strings/common.ts';
import { Actions } from './actions.tsx';
import type { Home } from './model.ts';
import { Moments } from './moments.tsx';
import { NightPanel, OtherBouts } from './night-panel.tsx';
import { ResultPanel } from './result.tsx';
import { Rounds } from './rounds.tsx';
import { Scoreboard } from './scoreboard.tsx';
import { HomeNotice } from './states.tsx';
import { TotalsPanel } from './totals.tsx';
import { Ways } from './ways.tsx';

export function HomePage({ home }: { readonly home: Home }) {
  const { live } = home;
  const feed = live.feed.value;
  const view = feed?.view ?? null;
  return (
    <>
      <Top title={words.product} connection={live.connection} />
      <main id="main" class="page" tabIndex={-1}>
        <Ways home={home} />
        {live.state.value === 'bout' ? (
          <div class="grid" aria-busy={feed === null}>
            <Scoreboard feed={feed} live={live} />
            <TotalsPanel view={view} />
            <Rounds view={view} />
            <ResultPanel view={view} />
            <NightPanel home={home} />
            <Moments view={view} />
            <Actions feed={feed} />
            <OtherBouts home={home} />
          </div>
        ) : (
          <>
            <HomeNotice home={home} />
            {home.night.value !== null && live.state.value !== 'loading' && (
              <div class="below-notice">
                <NightPanel home={home} />
              </div>
            )}
          </>
        )}
      </main>
    </>
  );
}
