import { useSignal } from '@preact/signals';
import { FRAME_RATE_IDS } from '../../../domain/export/index.ts';
import type { Credential } from '../../shared/device/credential.ts';
import { describedBy, Field } from '../../shared/look/field.tsx';
import { archiveWords } from '../../shared/strings/archive.ts';
import { download, save } from '../file.ts';
import type { Takeable } from './reach.ts';

const words = archiveWords.bout;

const FORMS = ['pdf', 'csv', 'json', 'zip'] as const;
/** Forms that hold everything. */
const WHOLE: readonly Form[] = ['json', 'zip'];
const MOMENTS = ['otio', 'edl', 'sportscode'] as const;

type Form = (typeof FORMS)[number] | (typeof MOMENTS)[number];

type Saving =
  | { readonly state: 'asking' }
  | { readonly state: 'coming'; readonly bytes: number; readonly of: number | null }
  | { readonly state: 'saved'; readonly bytes: number }
  | { readonly state: 'refused'; readonly why: string };

type Props = {
  readonly credential: Credential;
  readonly boutId: string;
  readonly take: Takeable;
};

/** Every form in which a bout is handed over. The token goes along, so none of these is a plain link. */
export function Downloads({ credential, boutId, take }: Props) {
  return (
    <section class="panel downloads" aria-labelledby="downloads-title">
      <h2 id="downloads-title">{words.downloads}</h2>
      <p class="hint">{take.whole ? words.downloadsHint : words.partly}</p>
      <ul class="forms">
        {FORMS.filter((form) => (WHOLE.includes(form) ? take.whole : take.scorecards)).map((form) => (
          <Save key={form} credential={credential} boutId={boutId} form={form} query="" />
        ))}
      </ul>
      {take.moments && <Moments credential={credential} boutId={boutId} />}
    </section>
  );
}

function Moments({ credential, boutId }: Omit<Props, 'take'>) {
  const fps = useSignal('25');
  return (
    <div class="moments-forms">
      <Field id="fps" label={words.fps} hint={words.fpsHint}>
        <select
          id="fps"
          value={fps.value}
          aria-describedby={describedBy('fps')}
          onChange={(event) => {
            fps.value = event.currentTarget.value;
          }}
        >
          {FRAME_RATE_IDS.map((id) => (
            <option key={id} value={id}>
              {words.fpsOf(id)}
            </option>
          ))}
        </select>
      </Field>
      <ul class="forms">
        {MOMENTS.map((form) => (
          <Save key={form} credential={credential} boutId={boutId} form={form} query={`?fps=${fps.value}`} />
        ))}
      </ul>
    </div>
  );
}

type SaveProps = {
  readonly credential: Credential;
  readonly boutId: string;
  readonly form: Form;
  readonly query: string;
};

function Save({ credential, boutId, form, query }: SaveProps) {
  const saving = useSignal<Saving | null>(null);
  const now = saving.value;
  const isBusy = now?.state === 'asking' || now?.state === 'coming';
  const act = async (): Promise<void> => {
    saving.value = { state: 'asking' };
    try {
      const file = await download(
        credential,
        `/api/exports/${encodeURIComponent(boutId)}/${form}${query}`,
        (bytes, of) => {
          saving.value = { state: 'coming', bytes, of };
        },
      );
      save(file);
      saving.value = { state: 'saved', bytes: file.blob.size };
    } catch (error) {
      saving.value = { state: 'refused', why: error instanceof Error ? error.message : String(error) };
    }
  };
  const { name, kind } = words.form[form];
  return (
    <li class="form-line" data-form={form}>
      <button type="button" disabled={isBusy} onClick={() => void act()}>
        <span>{name}</span> <small>{kind}</small>
      </button>
      <p class={now?.state === 'refused' ? 'bad-text' : 'hint'} role="status">
        {sayingOf(now)}
      </p>
    </li>
  );
}

function sayingOf(now: Saving | null): string {
  const { bytes } = archiveWords;
  switch (now?.state) {
    case undefined:
      return '';
    case 'asking':
      return words.asking;
    case 'coming':
      return words.saving(bytes(now.bytes), now.of === null ? null : bytes(now.of));
    case 'saved':
      return words.saved(bytes(now.bytes));
    case 'refused':
      return `${words.notSaved} ${now.why}`;
  }
}
