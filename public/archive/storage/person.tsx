import { useSignal } from '@preact/signals';
import { describedBy, Field } from '../../shared/look/field.tsx';
import { archiveWords } from '../../shared/strings/archive.ts';
import type { Archive } from '../archive.ts';
import { download, save } from '../file.ts';
import { decodeErasure, type Erasure } from '../wire/people.ts';
import { useSender } from './sending.ts';
import { TwoStep } from './two-step.tsx';

const words = archiveWords.storage;

type Props = { readonly archive: Archive; readonly isAdmin: boolean };

/** What is held about a person, to hand over; and the name, to be taken out. */
export function Person({ archive: { reach }, isAdmin }: Props) {
  const { credential } = reach;
  const [id, bout, reason] = [useSignal(''), useSignal(''), useSignal('')];
  const saved = useSignal<{ readonly good: boolean; readonly words: string } | null>(null);
  const { sent, send, reset } = useSender(credential, decodeErasure);
  const person = id.value.trim();
  const path = `/api/people/${encodeURIComponent(person)}`;
  const alone = bout.value.trim();
  const hand = async (): Promise<void> => {
    saved.value = { good: true, words: archiveWords.sending };
    try {
      const file = await download(
        credential,
        alone === '' ? path : `${path}?bout_id=${encodeURIComponent(alone)}`,
        () => undefined,
      );
      save(file);
      saved.value = { good: true, words: words.personSaved(file.name) };
    } catch (error) {
      saved.value = { good: false, words: error instanceof Error ? error.message : String(error) };
    }
  };
  const forget = (): void => {
    reset();
    saved.value = null;
  };
  const now = sent.value;
  const said = now.state === 'done' ? now.value : null;
  const why = reason.value.trim();
  // A plan is for one person, and may come late: another one, or the same id elsewhere, must not be erased by it.
  const isPlanned =
    said !== null &&
    said.dry_run &&
    said.bouts.length > 0 &&
    !isAllGone(said) &&
    said.person_id === person &&
    (said.bout_id ?? '') === alone;
  const ask = (dryRun: boolean) => ({ reason: why, dry_run: dryRun, ...(alone === '' ? {} : { bout_id: alone }) });
  return (
    <section class="panel" aria-labelledby="person-title">
      <h2 id="person-title">{words.person}</h2>
      <Field id="person-id" label={words.personId} hint={words.personHint}>
        <input
          id="person-id"
          value={id.value}
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          aria-describedby={describedBy('person-id')}
          onInput={(event) => {
            id.value = event.currentTarget.value;
            forget();
          }}
        />
      </Field>
      <Field id="person-bout" label={words.personBout} hint={words.personBoutHint}>
        <input
          id="person-bout"
          value={bout.value}
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          aria-describedby={describedBy('person-bout')}
          onInput={(event) => {
            bout.value = event.currentTarget.value;
            forget();
          }}
        />
      </Field>
      <button type="button" disabled={person === ''} onClick={() => void hand()}>
        {words.personExport}
      </button>
      <p role="status" class={saved.value?.good === false ? 'bad-text' : 'hint'}>
        {saved.value?.words}
      </p>
      <h3>{words.erase}</h3>
      <p class="hint">{isAdmin ? words.eraseHint : words.eraseAdmin}</p>
      {isAdmin && (
        <>
          <Field id="erase-reason" label={words.eraseReason} hint={words.eraseReasonHint}>
            <input
              id="erase-reason"
              value={reason.value}
              autocomplete="off"
              aria-describedby={describedBy('erase-reason')}
              onInput={(event) => {
                reason.value = event.currentTarget.value;
              }}
            />
          </Field>
          <button
            type="button"
            disabled={person === '' || why === '' || now.state === 'pending'}
            onClick={() => void send(`${path}/erase`, ask(true))}
          >
            {words.erasePlan}
          </button>
          <div role="status">
            {now.state === 'pending' && <p class="hint">{archiveWords.sending}</p>}
            {now.state === 'refused' && <p class="bad-text">{now.why}</p>}
            {said !== null && <ErasureSaid said={said} />}
          </div>
          {isPlanned && why !== '' && (
            <TwoStep label={words.eraseRun} onDo={() => void send(`${path}/erase`, ask(false))} />
          )}
        </>
      )}
    </section>
  );
}

type HeldBout = Erasure['bouts'][number];

/** Of a plan: an erasure before this one has been there. Ids lead to the bout for ever. */
function isGone({ names, particulars, photos }: HeldBout): boolean {
  return (names ?? 0) + (particulars ?? 0) + (photos ?? 0) === 0;
}

/** Bouts that the plan has not looked into, or not reached, may hold the name still. */
function isAllGone({ bouts, unseen_bouts: unseen, not_reached: notReached }: Erasure): boolean {
  return bouts.length > 0 && bouts.every(isGone) && unseen === 0 && notReached.length === 0;
}

function heldWords(bout: HeldBout): string {
  const { places, names, particulars, photos, archive } = bout;
  const where = places.map((place) => words.erasePlace(place.corner, place.judge_id)).join(', ');
  const what = isGone(bout)
    ? words.eraseGone
    : words.eraseHas(names ?? 0, particulars ?? 0, photos ?? 0, archive === 'made');
  return `${where}: ${what}`;
}

function saidWords(said: Erasure): string {
  const { status, bout_id: boutId, bouts } = said;
  if (status === 'plan') return isAllGone(said) ? words.erasedAlready : words.erasePlanned(bouts.length);
  return status === 'done' && boutId !== null ? words.erasedInBout : words.erased[status];
}

function ErasureSaid({ said }: { readonly said: Erasure }) {
  return (
    <>
      <p>{saidWords(said)}</p>
      <ul class="key-lines" tabIndex={0} aria-label={words.person}>
        {said.bouts.map((bout) => (
          <li key={bout.bout_id}>
            <code>{bout.bout_id}</code>
            <span class="hint">{said.status === 'plan' ? heldWords(bout) : (bout.detail ?? '')}</span>
          </li>
        ))}
      </ul>
      {said.status === 'plan' && said.unseen_bouts === null && <p class="hint">{words.eraseUnseen}</p>}
      {said.not_reached.map(({ what, detail }) => (
        <p key={what} class="warn-text">
          {words.eraseNotReached} {what}: {detail}
        </p>
      ))}
      <details class="key-help">
        <summary>{words.eraseStays}</summary>
        <ul class="not-asked">
          {said.stays.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </details>
    </>
  );
}
