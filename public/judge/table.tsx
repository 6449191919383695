import { useComputed, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { judgeWords as words } from '../shared/strings/judge.ts';
import type { View } from '../shared/wire/frames.ts';
import { CardPanel } from './card-panel.tsx';
import { Head } from './head.tsx';
import { LocalRound } from './local-round.tsx';
import { LogPad } from './log-pad.tsx';
import type { Judge } from './model.ts';
import { keepTab, keptTab, type Place, placeAtBell, type Tab } from './place.ts';
import { ScorePanel } from './score-panel.tsx';
import { isSignable } from './signature.ts';
import { Strip } from './strip.tsx';
import { Told } from './told-notice.tsx';
import { UpdateLine } from './update.tsx';

/** The judge's place: who, where in the bout, what is due, and one thing at a time below. */
export function Table({ judge, view }: { readonly judge: Judge; readonly view: View }) {
  const logs = view.bout.judges_log;
  const boutId = view.bout.bout_id;
  const place = useSignal<Place>({ tab: keptTab(boutId) ?? (logs ? 'log' : 'score'), picked: null });
  const tabs: readonly Tab[] = logs ? ['log', 'score', 'card'] : ['score', 'card'];
  const { picked } = place.value;
  const tab = tabs.includes(place.value.tab) ? place.value.tab : 'score';
  const due = judge.toScore.value;
  const shown = picked ?? due[0] ?? judge.round.value;
  const isBusy = judge.steps.submitting.value.step !== 'choosing';
  const signable = isSignable(judge.signature.value);

  function go(next: Place): void {
    place.value = next;
    keepTab(boutId, next.tab);
  }
  useFollow(judge, shown, (before) => {
    const busy = judge.steps.submitting.peek().step !== 'choosing';
    const at = { ...place.peek(), tab };
    const next = placeAtBell(at, { logs, busy, shown: before, cards: judge.cards.peek() });
    if (next !== at) go(next);
  });

  return (
    <div class={`seat on-${tab}`}>
      <Head judge={judge} view={view} />
      <Strip
        judge={judge}
        view={view}
        tab={tab}
        // Another round may be looked at while one is due: then the strip leads to it.
        scoring={tab === 'score' && (isBusy || picked === null || due.includes(picked))}
        go={go}
      />
      <div class="tab-body">
        {tab === 'log' && <LogPad judge={judge} view={view} />}
        {tab === 'score' && (
          <ScorePanel judge={judge} view={view} shown={shown} onPick={(round) => go({ tab: 'score', picked: round })} />
        )}
        {tab === 'card' && <CardPanel judge={judge} view={view} />}
        {judge.storeFailed.value && (
          <p class="bad-text" role="alert">
            {words.notStored}
          </p>
        )}
        <UpdateLine quiet={judge.status.value === 'IN_PROGRESS' || judge.status.value === 'PAUSED'} />
      </div>
      <div class="dock">
        {tab !== 'log' && (
          <>
            {judge.live.stale.value && <LocalRound judge={judge} view={view} />}
            <Told judge={judge} />
          </>
        )}
        <nav class="tabs" aria-label={words.tabsLabel}>
          {tabs.map((one) => (
            <button
              key={one}
              type="button"
              class="tab"
              aria-current={one === tab ? 'page' : undefined}
              onClick={() => go({ tab: one, picked })}
            >
              <span>{words.tabs[one]}</span>
              {one === 'score' && due.length > 0 && <span class="tab-due">{due.length}</span>}
              {one === 'card' && signable && <span class="tab-due">{words.tabSign}</span>}
            </button>
          ))}
        </nav>
      </div>
    </div>
  );
}

/**
 * Calls when a round begins while the page is open, with the round whose scorecard was shown until then. What has
 * happened since the page was last open is not news of that kind: a reload changes nothing of where one is.
 */
function useFollow(judge: Judge, shown: number, onBegun: (shownBefore: number) => void): void {
  const begun = useComputed(() => {
    const status = judge.status.value;
    return status === 'IN_PROGRESS' || status === 'PAUSED' ? judge.round.value : 0;
  }).value;
  const stale = judge.live.stale.value;
  const before = useRef({ begun: judge.round.peek(), shown, confirmed: !stale });
  useEffect(() => {
    const last = before.current;
    before.current = { begun: Math.max(last.begun, begun), shown, confirmed: last.confirmed || !stale };
    const isNamedHere = judge.round.peek() > (judge.view.peek()?.round_id ?? 0);
    if (begun > last.begun && (last.confirmed || isNamedHere)) onBegun(last.shown);
  }, [begun, shown, stale]);
}
