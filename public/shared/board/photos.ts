import { effect, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Credential } from '../device/credential.ts';
import type { Live } from '../live/live.ts';

/** Photos by their address, as addresses that an `img` can show. */
export type Photos = {
  /** Null until it has come, and where there is none. */
  readonly of: (url: string | null) => ReadonlySignal<string | null>;
  readonly stop: () => void;
};

const NO_PHOTO: ReadonlySignal<string | null> = signal(null);
/** Two fighters of this bout and of the next: more would only fill the memory of a machine that runs all night. */
const KEEP = 4;

/** An `img` cannot send a credential, so the bytes are fetched with it and shown from memory. */
export function openPhotos(credential: Credential, live: Live): Photos {
  const known = new Map<string, { readonly shown: Signal<string | null>; loading: boolean }>();
  const stopped = new AbortController();

  async function load(url: string): Promise<void> {
    const photo = known.get(url);
    if (photo === undefined || photo.loading || photo.shown.peek() !== null) return;
    photo.loading = true;
    const blob = await fetchPhoto(url, credential, stopped.signal);
    photo.loading = false;
    if (blob === null) return;
    const made = URL.createObjectURL(blob);
    // Given up while it was on its way.
    if (stopped.signal.aborted || known.get(url) !== photo) URL.revokeObjectURL(made);
    else photo.shown.value = made;
  }

  function drop(url: string): void {
    const made = known.get(url)?.shown.peek() ?? null;
    known.delete(url);
    if (made !== null) URL.revokeObjectURL(made);
  }

  const dispose = effect(() => {
    if (live.connection.value.state !== 'live') return;
    for (const url of known.keys()) void load(url);
  });

  return {
    of: (url) => {
      const here = url === null ? null : sameOrigin(url);
      if (here === null) return NO_PHOTO;
      const before = known.get(here);
      if (before !== undefined) return before.shown;
      const shown = signal<string | null>(null);
      known.set(here, { shown, loading: false });
      for (const oldest of [...known.keys()].slice(0, -KEEP)) drop(oldest);
      void load(here);
      return shown;
    },
    stop: () => {
      dispose();
      stopped.abort();
      for (const url of known.keys()) drop(url);
    },
  };
}

/** Only this server is sent the credential, and only its pictures are let in by the page's policy. */
function sameOrigin(url: string): string | null {
  try {
    const full = new URL(url, location.href);
    return full.origin === location.origin ? full.href : null;
  } catch {
    // No address at all is no photo.
    return null;
  }
}

async function fetchPhoto(url: string, credential: Credential, signal: AbortSignal): Promise<Blob | null> {
  const token = await credential.token();
  try {
    const response = await fetch(url, {
      headers: token === null ? {} : { authorization: `Bearer ${token}` },
      signal,
    });
    if (!response.ok) return null;
    const blob = await response.blob();
    return blob.type.startsWith('image/') ? blob : null;
  } catch {
    // Without the photo the name stands alone; the next connection asks again.
    return null;
  }
}
