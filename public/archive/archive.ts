import { type ReadonlySignal, signal } from '@preact/signals';
import type { Role } from '../../domain/roles/index.ts';
import type { Credential } from '../shared/device/credential.ts';
import { archiveWords as words } from '../shared/strings/archive.ts';
import { type Check, openCheck } from './check/check.ts';
import { keepVerifierKey } from './check/keep-key.ts';
import { verifyInWorker } from './check/remote.ts';
import { addressOf, type Place, placeOf } from './place.ts';
import { openReach, type Reach } from './reach.ts';

/** The page: where one is, the server, and what has been checked on this device. */
export type Archive = {
  readonly reach: Reach;
  readonly role: Role | null;
  readonly place: ReadonlySignal<Place>;
  readonly go: (place: Place) => void;
  readonly check: Check;
};

export function openArchive(credential: Credential): Archive {
  const place = signal(placeOf(location.search));
  const show = (): void => {
    place.value = placeOf(location.search);
    document.title = words.titleOf(words.view[place.value.view]);
  };
  const go = (next: Place): void => {
    history.pushState(null, '', addressOf(next));
    show();
    scrollTo(0, 0);
    document.getElementById('main')?.focus({ preventScroll: true });
  };
  addEventListener('popstate', show);
  // A link within the page is a step of the page: a load would lose what was checked.
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (link === null || link.origin !== location.origin || link.pathname !== '/archive' || link.hash !== '') return;
    if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    go(placeOf(link.search));
  });
  show();
  const check = openCheck(verifyInWorker());
  void keepVerifierKey(check);
  return {
    reach: openReach(credential),
    role: credential.claims.peek()?.role ?? null,
    place,
    go,
    check,
  };
}
