import type { Status } from '../../domain/monitor/index.ts';
import { nowMs } from '../shared/live/clock.ts';
import { monitorWords as words } from '../shared/strings/monitor.ts';
import { seconds, timeOf } from './format.ts';
import type { Monitor, Seen } from './model.ts';
import { StatusMark } from './status.tsx';

const TROUBLES: readonly Status[] = ['offline', 'error', 'warning'];

/** In one line: whether all is well, and how old that is. */
export function Summary({ monitor, seen }: { readonly monitor: Monitor; readonly seen: Seen | null }) {
  return monitor.lostMs.value === null && seen !== null ? <Answering seen={seen} /> : <Lost seen={seen} />;
}

function Answering({ seen: { look, atMs } }: { readonly seen: Seen }) {
  const counts = TROUBLES.map((status) => {
    const count = look.components.filter((part) => part.status === status).length;
    return [count, status] as const;
  }).filter(([count]) => count > 0);
  const worst = counts[0]?.[1] ?? 'ok';
  return (
    <div class={`summary ${worst}`}>
      <p class="summary-words" role="status">
        <StatusMark status={worst} />
        <strong>{counts.length === 0 ? words.allWell : words.troubled(counts)}</strong>
      </p>
      <p class="hint summary-age">
        <span>{words.ageOfFigures(seconds(nowMs.value - atMs))}</span>
        <span>{words.edgeUp(look.server_ms - look.edge.since_ms)}</span>
        <span>{words.build(look.build)}</span>
      </p>
    </div>
  );
}

function Lost({ seen }: { readonly seen: Seen | null }) {
  return (
    <div class="summary unknown">
      <p class="summary-words" role="alert">
        <StatusMark status="unknown" />
        <strong>{words.lost}</strong>
      </p>
      <p class="hint summary-age">
        <span>{seen === null ? words.lostAtOnce : words.lostHint(timeOf(seen.look.server_ms))}</span>
        {seen !== null && <span>{words.ageOfFigures(seconds(nowMs.value - seen.atMs))}</span>}
      </p>
    </div>
  );
}
