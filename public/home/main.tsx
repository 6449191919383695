import { render } from 'preact';
import { runNow } from '../shared/live/clock.ts';
import { takeToken } from '../shared/device/token.ts';
import { openHome } from './model.ts';
import { HomePage } from './page.tsx';

const token = takeToken();
const wanted = new URLSearchParams(location.search).get('bout');
const home = openHome(wanted === '' ? null : wanted, token);
runNow();

const root = document.getElementById('page');
if (root !== null) render(<HomePage home={home} />, root);
