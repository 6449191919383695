import { useEffect, useState } from 'preact/hooks';
import type { ComponentType } from 'preact';
import { Notice } from '../../shared/look/notice.tsx';
import { deskWords as words } from '../../shared/strings/supervisor-night.ts';
import type { BoutDesk } from '../bout/index.tsx';
import type { Part } from '../roles.ts';
import type { Desk } from './desk.ts';

type BoutPart = ComponentType<Parameters<typeof BoutDesk>[0]>;

/** Null where it, or its look, could not be fetched. */
async function fetchBout(): Promise<BoutPart | null> {
  try {
    return (await import('../bout/index.tsx')).BoutDesk;
  } catch {
    return null;
  }
}

/** The bout that is on. Fetched when it is first needed: a night is set up without it. */
export function RunningBout({ desk, part }: { readonly desk: Desk; readonly part: Part }) {
  const [Bout, setBout] = useState<BoutPart | 'failed' | null>(null);
  useEffect(() => {
    let gone = false;
    void fetchBout().then((part) => {
      if (!gone) setBout(() => part ?? 'failed');
    });
    return () => {
      gone = true;
    };
  }, []);
  const live = desk.live.value;
  const boutId = live.boutId.value;
  const refusal = live.refusal.value;
  if (refusal !== null) return <Notice title={words.refusal[refusal]} hint={words.refusalHint} />;
  if (boutId === null) return <Notice title={words.noBout} hint={words.waiting} />;
  if (Bout === 'failed') {
    // A browser that could not fetch a part of a page does not ask for it again before the page is opened anew.
    return (
      <Notice title={words.partFailed} hint={words.partFailedHint}>
        <button type="button" class="primary" onClick={() => location.reload()}>
          {words.openAgain}
        </button>
      </Notice>
    );
  }
  if (Bout === null) return <p class="hint">{words.loading}</p>;
  return <Bout key={boutId} live={live} credential={desk.credential} outbox={desk.outbox} part={part} />;
}
