import { render } from 'preact';
import { keepCheckpoints } from '../shared/device/checkpoints.ts';
import { openCredential } from '../shared/device/credential.ts';
import { reportTelemetry } from '../shared/device/telemetry.ts';
import { keepAwake } from '../shared/device/wake-lock.ts';
import { keepPage } from '../shared/device/worker.ts';
import { runNow } from '../shared/live/clock.ts';
import { openLive } from '../shared/live/live.ts';
import { openOutbox } from '../shared/outbox/outbox.ts';
import { isOperator, openOperator } from './model.ts';
import { OperatorPage, StrangerPage } from './page.tsx';

async function start(root: HTMLElement): Promise<void> {
  const credential = await openCredential();
  if (!isOperator(credential)) {
    render(<StrangerPage credential={credential} />, root);
    return;
  }
  const wanted = new URLSearchParams(location.search).get('bout');
  const live = openLive(credential, { bout: wanted === '' ? null : wanted, keep: true });
  runNow();
  const outbox = await openOutbox(credential);
  const operator = await openOperator(credential, live, outbox);
  keepAwake();
  reportTelemetry(credential, live, outbox);
  keepCheckpoints(credential, live);
  keepPage({ path: '/operator', live, isBusy: () => operator.state.selected.peek() !== null });
  render(<OperatorPage operator={operator} />, root);
}

const root = document.getElementById('page');
if (root !== null) void start(root);
