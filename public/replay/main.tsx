import { effect } from '@preact/signals';
import { render } from 'preact';
import { openCredential } from '../shared/device/credential.ts';
import { runNow } from '../shared/live/clock.ts';
import { openLive } from '../shared/live/live.ts';
import { readAddress } from './address.ts';
import { openReplay, type ReplayModel } from './model.ts';
import { ReplayPage } from './page.tsx';

const root = document.getElementById('page');
const wanted = readAddress(location.search);
runNow();
const credential = await openCredential();

function show(bout: string | null): ReplayModel {
  const model = openReplay(credential, openLive(credential, { bout }), wanted);
  if (root !== null) render(<ReplayPage key={bout} model={model} claims={credential.claims.value} />, root);
  return model;
}

const first = show(wanted.bout);
if (wanted.bout === null) {
  // What somebody scrubs through stays, also when the night moves on to the next bout.
  const stop = effect(() => {
    const bout = first.live.boutId.value;
    if (bout === null) return;
    queueMicrotask(() => {
      stop();
      first.stop();
      show(bout);
    });
  });
}
