import { applyUpdate, updateReady } from '../shared/device/worker.ts';
import { judgeWords as words } from '../shared/strings/judge.ts';

/** A new version waits until the judge has a moment for it; while a round is on, nothing is said of it. */
export function UpdateLine({ quiet }: { readonly quiet: boolean }) {
  if (quiet || !updateReady.value) return null;
  return (
    <p class="update">
      <span>{words.update}</span>
      <button type="button" class="quiet" onClick={applyUpdate}>
        {words.updateNow}
      </button>
    </p>
  );
}
