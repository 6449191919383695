import { archiveWords } from '../../shared/strings/archive.ts';
import type { Archive } from '../archive.ts';
import { type Cleaned, decodeCleaned } from '../wire/storage.ts';
import { useSender } from './sending.ts';
import { TwoStep } from './two-step.tsx';

const words = archiveWords.storage;

const PATH = '/api/storage/clean';

type Props = { readonly archive: Archive; readonly onRun: () => void };

/** The plan first; then as many as the plan has shown, and no more. */
export function Clean({ archive: { reach }, onRun }: Props) {
  const { sent, send } = useSender(reach.credential, decodeCleaned);
  const now = sent.value;
  const value = now.state === 'done' ? now.value : null;
  const run = async (plan: Cleaned): Promise<void> => {
    await send(PATH, { dry_run: false, limit: plan.objects });
    onRun();
  };
  return (
    <section class="panel" aria-labelledby="clean-title">
      <h2 id="clean-title">{words.clean}</h2>
      <p class="hint">{words.cleanHint}</p>
      <button type="button" disabled={now.state === 'pending'} onClick={() => void send(PATH, { dry_run: true })}>
        {words.plan}
      </button>
      <div role="status">
        {now.state === 'pending' && <p class="hint">{archiveWords.sending}</p>}
        {now.state === 'refused' && <p class="bad-text">{now.why}</p>}
        {value !== null && (
          <p>
            {value.dry_run
              ? words.planned(value.objects, archiveWords.bytes(value.bytes))
              : words.ran(value.objects, archiveWords.bytes(value.bytes))}{' '}
            {value.next !== null && words.moreToCome}
          </p>
        )}
      </div>
      {value !== null && value.items.length > 0 && (
        <ul class="key-lines" tabIndex={0} aria-label={words.objects}>
          {value.items.map(({ key, bytes, age_days: age }) => (
            <li key={key}>
              <code>{key}</code>
              <span class="hint">
                {[archiveWords.bytes(bytes), words.age(age)].filter((part) => part !== '').join(', ')}
              </span>
            </li>
          ))}
        </ul>
      )}
      {value !== null && value.dry_run && value.objects > 0 && (
        <TwoStep label={words.run(value.objects)} onDo={() => void run(value)} />
      )}
    </section>
  );
}
