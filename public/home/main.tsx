import { render } from 'preact';
import { openCredential } from '../shared/device/credential.ts';
import { runNow } from '../shared/live/clock.ts';
import { openHome } from './model.ts';
import { HomePage } from './page.tsx';

const named = new URLSearchParams(location.search).get('bout');
const credential = await openCredential();
const home = openHome(named === '' ? null : named, credential);
runNow();

const root = document.getElementById('page');
if (root !== null) render(<HomePage home={home} />, root);
