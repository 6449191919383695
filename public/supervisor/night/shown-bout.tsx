import { CornerShape } from '../../shared/look/corner.tsx';
import { words as common } from '../../shared/strings/common.ts';
import { deskWords as words } from '../../shared/strings/supervisor-night.ts';
import type { Desk } from './desk.ts';

/** Which bout the page is about, and whether it goes along with the night. */
export function ShownBout({ desk }: { readonly desk: Desk }) {
  const live = desk.live.value;
  const view = live.feed.value?.view ?? null;
  const isPinned = desk.place.value.bout !== null;
  return (
    <section class="shown-bout" aria-label={words.shown} data-bout={live.boutId.value}>
      {view === null ? (
        <p class="hint">{live.boutId.value === null || live.refusal.value !== null ? words.noBout : words.loading}</p>
      ) : (
        <>
          <p class="shown-names">
            <span>
              <CornerShape corner="red" /> {view.bout.fighter1.name}
            </span>
            <span class="hint">{words.versus}</span>
            <span>
              <CornerShape corner="blue" /> {view.bout.fighter2.name}
            </span>
          </p>
          <p class="hint shown-round">
            {words.roundOf(view.round_id, view.bout.scheduled_rounds)} · {common.roundStatus[view.round_status]}
          </p>
        </>
      )}
      {isPinned ? (
        <button type="button" class="quiet" title={words.pinned} onClick={() => desk.go({ bout: null })}>
          {words.follow}
        </button>
      ) : (
        <p class="hint shown-follows">{words.followsNight}</p>
      )}
    </section>
  );
}
