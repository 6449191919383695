import { useSignal } from '@preact/signals';
import { CornerMark } from '../shared/look/corner.tsx';
import { judgeWords as words } from '../shared/strings/judge.ts';
import { failureWords, getJson } from '../shared/wire/api.ts';
import { decodeRecommendations, type Recommendation } from '../shared/wire/recommendations.ts';
import type { Judge } from './model.ts';

type Shown = Recommendation | 'asking' | 'none' | { readonly problem: string };

/** Only asked for when the judge wants it, and only where the own scorecard of the round has arrived. */
export function Statistics({ judge, round }: { readonly judge: Judge; readonly round: number }) {
  const shown = useSignal<Shown | null>(null);

  async function ask(): Promise<void> {
    const boutId = judge.view.peek()?.bout.bout_id ?? '';
    shown.value = 'asking';
    const path = `/api/bouts/${encodeURIComponent(boutId)}/recommendations`;
    const answer = await getJson(path, decodeRecommendations, judge.credential);
    shown.value = answer.ok
      ? (answer.value.rounds.find(({ round_id, complete }) => round_id === round && complete) ?? 'none')
      : { problem: failureWords(answer.failure) };
  }

  return (
    <div class="statistics">
      <button
        type="button"
        aria-expanded={shown.value !== null}
        onClick={() => {
          if (shown.value === null) void ask();
          else shown.value = null;
        }}
      >
        {shown.value === null ? words.statistics : words.hideStatistics}
      </button>
      {shown.value !== null && (
        <div class="statistics-body" aria-live="polite">
          <Body shown={shown.value} />
        </div>
      )}
    </div>
  );
}

function Body({ shown }: { readonly shown: Shown }) {
  if (shown === 'asking') return <p class="hint">{words.statisticsLoading}</p>;
  if (shown === 'none') return <p>{words.statisticsNone}</p>;
  if ('problem' in shown) return <p class="bad-text">{shown.problem}</p>;
  return (
    <>
      <p class="hint">{words.statisticsHint}</p>
      <p>{shown.scorecard === null ? words.statisticsNoScore : words.statisticsScore(shown.scorecard)}</p>
      <p>{shown.too_close ? words.statisticsClose : words.statisticsShare(Math.round(shown.p_red * 100))}</p>
      <ul>
        {shown.reasons.map(({ corner, words: why }) => (
          <li key={why}>
            <CornerMark corner={corner} /> {why}
          </li>
        ))}
      </ul>
      {shown.lacked.length > 0 && <p class="hint">{words.statisticsLacked(shown.lacked)}</p>}
      {!shown.fitted && <p class="hint">{words.statisticsUnfitted}</p>}
    </>
  );
}
