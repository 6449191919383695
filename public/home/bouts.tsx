import { CornerShape } from '../shared/look/corner.tsx';
import { words } from '../shared/strings/common.ts';
import type { BoutSummary } from '../shared/wire/frames.ts';

type Props = { readonly bouts: readonly BoutSummary[]; readonly shown: string | null; readonly following: boolean };

const SHOWN = 12;

export function BoutList({ bouts, shown, following }: Props) {
  return (
    <section class="panel bouts" aria-labelledby="bouts-title">
      <h2 id="bouts-title">{words.bouts}</h2>
      <p class="follow">{following ? words.following : <a href="/">{words.followNewest}</a>}</p>
      <ul class="bout-list">
        {bouts.slice(0, SHOWN).map((bout) => (
          <li key={bout.bout_id}>
            <a
              class="bout-link"
              href={`/?bout=${encodeURIComponent(bout.bout_id)}`}
              aria-current={bout.bout_id === shown ? 'page' : undefined}
            >
              <span class="bout-names">
                <span>
                  <CornerShape corner="red" /> {bout.fighter1.name}
                </span>
                <span>
                  <CornerShape corner="blue" /> {bout.fighter2.name}
                </span>
              </span>
              <span class="bout-facts">
                <span class={`bout-status ${bout.status}`}>{words.boutStatus[bout.status]}</span>
                <small>{bout.bout_id === shown ? words.watching : bout.event}</small>
                {bout.simulated && <small class="tag simulated">{words.simulated}</small>}
              </span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
