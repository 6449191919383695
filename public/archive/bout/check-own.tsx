import { archiveWords } from '../../shared/strings/archive.ts';
import type { Archive } from '../archive.ts';
import { KeyFields } from '../check/key-fields.tsx';
import { ownRecord } from '../check/own-record.ts';
import { RunView } from '../check/run-view.tsx';
import { addressOf } from '../place.ts';

const words = archiveWords.bout;

/** The verifier over the server's own copy. */
export function CheckOwn({ archive, boutId }: { readonly archive: Archive; readonly boutId: string }) {
  const { check, reach } = archive;
  const run = check.run.value;
  const own = run !== null && run.boutId === boutId ? run : null;
  const start = async (): Promise<void> =>
    await check.start(async () => ({ folders: [ownRecord(reach.credential, boutId)], strays: [] }), boutId);
  return (
    <section class="panel check-own" aria-labelledby="check-own-title">
      <h2 id="check-own-title">{words.checkTitle}</h2>
      <p class="hint">{words.checkHint}</p>
      <KeyFields archive={archive} withHeld={false} />
      <div class="row">
        <button
          type="button"
          class="primary"
          disabled={own !== null && own.state !== 'done'}
          onClick={() => void start()}
        >
          {words.checkButton}
        </button>
        <a href={addressOf({ view: 'check' })}>{words.checkCopy}</a>
      </div>
      <RunView run={own} />
    </section>
  );
}
