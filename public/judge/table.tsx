import { useSignal } from '@preact/signals';
import { judgeWords as words } from '../shared/strings/judge.ts';
import type { View } from '../shared/wire/frames.ts';
import { CardPanel } from './card-panel.tsx';
import { Head } from './head.tsx';
import { LocalRound } from './local-round.tsx';
import { LogPad } from './log-pad.tsx';
import type { Judge } from './model.ts';
import { Remind } from './remind.tsx';
import { ScorePanel } from './score-panel.tsx';
import { Told } from './told-notice.tsx';
import { UpdateLine } from './update.tsx';

type Tab = 'log' | 'score' | 'card';

/** The judge's place: who, where in the bout, what is due, and one thing at a time below. */
export function Table({ judge, view }: { readonly judge: Judge; readonly view: View }) {
  const logs = view.bout.judges_log;
  const chosen = useSignal<Tab | null>(null);
  const picked = useSignal<number | null>(null);
  const tabs: readonly Tab[] = logs ? ['log', 'score', 'card'] : ['score', 'card'];
  const wanted = chosen.value ?? (logs ? 'log' : 'score');
  const tab = tabs.includes(wanted) ? wanted : 'score';
  const due = judge.toScore.value;
  // Another round may be looked at while one is due: then the reminder leads to it.
  const isBusy = judge.steps.submitting.value.step !== 'choosing';
  const scoring = tab === 'score' && (isBusy || picked.value === null || due.includes(picked.value));
  return (
    <div class="seat">
      <Head judge={judge} view={view} />
      <Remind
        judge={judge}
        scoring={scoring}
        onScore={(round) => {
          picked.value = round;
          chosen.value = 'score';
        }}
      />
      <div class="tab-body">
        {tab === 'log' && <LogPad judge={judge} view={view} />}
        {tab === 'score' && <ScorePanel judge={judge} view={view} picked={picked} />}
        {tab === 'card' && <CardPanel judge={judge} view={view} />}
        {judge.storeFailed.value && (
          <p class="bad-text" role="alert">
            {words.notStored}
          </p>
        )}
        <UpdateLine quiet={judge.status.value === 'IN_PROGRESS' || judge.status.value === 'PAUSED'} />
      </div>
      <div class="dock">
        <LocalRound judge={judge} view={view} />
        <Told judge={judge} />
        <nav class="tabs" aria-label={words.tabsLabel}>
          {tabs.map((one) => (
            <button
              key={one}
              type="button"
              class="tab"
              aria-current={one === tab ? 'page' : undefined}
              onClick={() => {
                chosen.value = one;
              }}
            >
              <span>{words.tabs[one]}</span>
              {one === 'score' && due.length > 0 && <span class="tab-due">{due.length}</span>}
            </button>
          ))}
        </nav>
      </div>
    </div>
  );
}
