import { monitorWords as words } from '../shared/strings/monitor.ts';
import { timeOf } from './format.ts';
import { StatusMark } from './status.tsx';
import { shortDevice } from './tiles-of.ts';
import type { Change, Look } from './wire.ts';

/** So many are open to the eye; the others wait behind a word. */
const SHOWN = 12;

export function History({ history }: { readonly history: Look['history'] }) {
  return (
    <section class="panel history" aria-labelledby="history-title">
      <h2 id="history-title">
        {words.history} <small>{words.historyHint}</small>
      </h2>
      {history === null && <p class="hint">{words.historyAway}</p>}
      {history?.length === 0 && <p class="hint">{words.noHistory}</p>}
      {history !== null && history.length > 0 && <Lines changes={history.slice(0, SHOWN)} />}
      {history !== null && history.length > SHOWN && (
        <details class="as-table">
          <summary>{words.more(history.length - SHOWN)}</summary>
          <Lines changes={history.slice(SHOWN)} />
        </details>
      )}
    </section>
  );
}

function Lines({ changes }: { readonly changes: readonly Change[] }) {
  return (
    <ol class="changes">
      {changes.map((change) => (
        <li key={`${change.at_ms} ${change.id} ${change.status}`}>
          <time class="change-time">{timeOf(change.at_ms)}</time>
          <StatusMark status={change.status} />
          <span class="change-what">
            <strong>{words.kind[change.kind] ?? change.kind}</strong>{' '}
            {change.kind === 'device' ? shortDevice(change.name) : change.name}
            <small>
              {change.before === null ? words.firstSeen(change.status) : words.change(change.before, change.status)}
              {change.detail === '' ? '' : ` · ${change.detail}`}
            </small>
          </span>
        </li>
      ))}
    </ol>
  );
}
