import { render } from 'preact';
import { openCredential } from '../shared/device/credential.ts';
import { keepAwake } from '../shared/device/wake-lock.ts';
import { runNow } from '../shared/live/clock.ts';
import { openOutbox } from '../shared/outbox/outbox.ts';
import { openDesk } from './night/desk.ts';
import { SupervisorPage } from './page.tsx';

const credential = await openCredential();
const outbox = await openOutbox(credential);
const desk = openDesk(credential, outbox);
runNow();
if (desk.part !== null) keepAwake();

const root = document.getElementById('page');
if (root !== null) render(<SupervisorPage desk={desk} />, root);
