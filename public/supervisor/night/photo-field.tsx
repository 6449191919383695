import { useSignal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import type { Credential } from '../../shared/device/credential.ts';
import { command, failureWords } from '../../shared/wire/api.ts';
import { fighterWords as words } from '../../shared/strings/supervisor-night.ts';
import type { Particulars } from '../../shared/wire/fighters.ts';
import { preparePhoto, readPhoto, sendPhoto } from './photo.ts';

type Props = {
  readonly credential: Credential;
  readonly path: string;
  readonly fighter: Particulars;
  readonly onChange: () => void;
};

export function PhotoField({ credential, path, fighter, onChange }: Props) {
  const said = useSignal<{ readonly text: string; readonly isBad: boolean } | null>(null);
  const shown = usePhoto(credential, fighter.photo_url);

  async function upload(file: File): Promise<void> {
    said.value = { text: words.sendingPhoto, isBad: false };
    const photo = await preparePhoto(file);
    if (photo === null) {
      said.value = { text: words.badPhoto, isBad: true };
      return;
    }
    const answer = await sendPhoto(credential, path, photo);
    said.value = answer.ok
      ? { text: words.photoSaved, isBad: false }
      : { text: failureWords(answer.failure), isBad: true };
    if (answer.ok) onChange();
  }

  async function remove(): Promise<void> {
    const answer = await command(credential, path, {}, { method: 'DELETE' });
    said.value = answer.ok ? null : { text: failureWords(answer.failure), isBad: true };
    if (answer.ok) onChange();
  }

  return (
    <div class="photo">
      <div class="photo-frame">
        {shown === null ? (
          <span class="hint">{words.noPhoto}</span>
        ) : (
          <img src={shown} alt={words.photoOf(fighter.name)} />
        )}
      </div>
      <div class="photo-do">
        <label class="file">
          <input
            type="file"
            accept="image/*"
            class="visually-hidden"
            onChange={(event) => {
              const file = event.currentTarget.files?.[0];
              event.currentTarget.value = '';
              if (file !== undefined) void upload(file);
            }}
          />
          <span>{words.choosePhoto}</span>
        </label>
        {fighter.photo_url !== null && (
          <button type="button" class="quiet" onClick={() => void remove()}>
            {words.removePhoto}
          </button>
        )}
        <p class="hint">{words.photoHint}</p>
        <p class={said.value?.isBad === true ? 'outcome bad-text' : 'outcome good-text'} role="status">
          {said.value?.text}
        </p>
      </div>
    </div>
  );
}

/** An address of this page's own for the photo; given back as soon as another one is shown. */
function usePhoto(credential: Credential, url: string | null): string | null {
  const [shown, setShown] = useState<string | null>(null);
  useEffect(() => {
    if (url === null) return setShown(null);
    const stopped = new AbortController();
    let own: string | null = null;
    void readPhoto(credential, url, stopped.signal).then((address) => {
      if (stopped.signal.aborted) {
        if (address !== null) URL.revokeObjectURL(address);
        return;
      }
      own = address;
      setShown(address);
    });
    return () => {
      stopped.abort();
      if (own !== null) URL.revokeObjectURL(own);
    };
  }, [url]);
  return shown;
}
