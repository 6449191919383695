import { render } from 'preact';
import { openCredential } from '../shared/device/credential.ts';
import { runNow } from '../shared/live/clock.ts';
import { openMonitor } from './model.ts';
import { MonitorPage } from './page.tsx';

const monitor = openMonitor(await openCredential());
runNow();

const root = document.getElementById('page');
if (root !== null) render(<MonitorPage monitor={monitor} />, root);
