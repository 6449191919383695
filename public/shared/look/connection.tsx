import type { ReadonlySignal } from '@preact/signals';
import { nowMs } from '../live/clock.ts';
import type { Connection } from '../live/link.ts';
import { words } from '../strings/common.ts';

/** Always on screen: whether what is shown is live, and if not, since when. */
export function ConnectionBadge({ connection }: { readonly connection: ReadonlySignal<Connection> }) {
  const now = connection.value;
  return (
    <p class={`connection ${now.state}`} data-state={now.state}>
      <span class="connection-dot" aria-hidden="true" />
      {/* Only the word is announced; seconds ticking by would drown a screen reader. */}
      <span role="status">{words.connection[now.state]}</span>
      {'sinceMs' in now && <Since sinceMs={now.sinceMs} />}
    </p>
  );
}

function Since({ sinceMs }: { readonly sinceMs: number }) {
  const seconds = Math.max(0, Math.floor((nowMs.value - sinceMs) / 1_000));
  return <span class="connection-since">{words.forSeconds(seconds)}</span>;
}
