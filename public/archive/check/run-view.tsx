import { archiveWords } from '../../shared/strings/archive.ts';
import type { Run } from './check.ts';
import { instantWords } from '../times.ts';
import { NotChecked, VerdictView } from './verdict.tsx';

const words = archiveWords.check;

/** How far a check is, and what it has found. */
export function RunView({ run }: { readonly run: Run | null }) {
  if (run === null) return null;
  const { state, progress, checked, strays, unread } = run;
  const isOwnKey = checked.some(({ key }) => key === 'server');
  const proven = checked.filter(({ outcome }) => outcome.ok && outcome.report.verdict === 'proven').length;
  return (
    <section class="run" aria-label={words.verdicts} aria-busy={state !== 'done'} data-state={state}>
      <h2 class="visually-hidden">{words.verdicts}</h2>
      <div role="status" class="run-said">
        {state !== 'done' && (
          <p class="run-progress">
            {progress === null ? (
              words.reading
            ) : (
              <>
                <span class="run-name">{progress.name}</span>{' '}
                {words.progress(words.step[progress.step] ?? words.stepOther, progress.done, progress.of)}
              </>
            )}
          </p>
        )}
        {unread !== null && (
          <p class="bad-text">
            <b>{words.unread}</b> {unread}
          </p>
        )}
        {state === 'done' && strays.length > 0 && <Strays names={strays} />}
        {state === 'done' && unread === null && checked.length === 0 && strays.length === 0 && (
          <p class="warn-text">{words.noArchive}</p>
        )}
        {state === 'done' && checked.length > 1 && (
          <p class="run-summary">{(isOwnKey ? words.summaryOwn : words.summary)(checked.length, proven)}</p>
        )}
      </div>
      {state !== 'done' && (
        <progress
          class="run-bar"
          aria-label={words.reading}
          {...(progress === null || progress.done === 0 ? {} : { max: progress.of, value: progress.done })}
        />
      )}
      {checked.map((one, index) =>
        one.outcome.ok ? (
          <VerdictView key={index} checked={one} report={one.outcome.report} />
        ) : (
          <NotChecked key={index} name={one.name} why={one.outcome.why} />
        ),
      )}
      {state === 'done' && checked.length > 0 && (
        <div class="run-foot">
          <button type="button" class="print-button" onClick={() => print()}>
            {words.print}
          </button>
          <p class="printed-only">{words.printedBy(instantWords(Date.now()))}</p>
        </div>
      )}
    </section>
  );
}

/** So many are named: who gives a folder of holiday pictures file by file needs no list of them. */
const MOST_NAMED = 5;

function Strays({ names }: { readonly names: readonly string[] }) {
  return (
    <div class="warn-text">
      {names.slice(0, MOST_NAMED).map((name) => (
        <p key={name}>{words.stray(name)}</p>
      ))}
      {names.length > MOST_NAMED && <p>{words.strayMore(names.length - MOST_NAMED)}</p>}
      <p>{words.strayHint}</p>
    </div>
  );
}
