import { render } from 'preact';
import { keepCheckpoints } from '../shared/device/checkpoints.ts';
import { openCredential } from '../shared/device/credential.ts';
import { reportTelemetry } from '../shared/device/telemetry.ts';
import { keepPage } from '../shared/device/worker.ts';
import { keepAwake } from '../shared/device/wake-lock.ts';
import { runNow } from '../shared/live/clock.ts';
import { openLive } from '../shared/live/live.ts';
import { openOutbox } from '../shared/outbox/outbox.ts';
import { openJudge } from './model.ts';
import { JudgePage } from './page.tsx';
import { Stranger } from './stranger.tsx';

async function start(root: HTMLElement): Promise<void> {
  const credential = await openCredential();
  const claims = credential.claims.peek();
  if (claims?.role !== 'judge' || claims.seat === null) {
    render(<Stranger credential={credential} />, root);
    return;
  }
  const outbox = await openOutbox(credential);
  const wanted = new URLSearchParams(location.search).get('bout');
  const live = openLive(credential, { bout: wanted === '' ? null : wanted, keep: true });
  runNow();
  keepAwake();
  reportTelemetry(credential, live, outbox);
  keepCheckpoints(credential, live);
  const judge = openJudge(credential, live, outbox, claims.seat);
  const isBusy = (): boolean => judge.steps.submitting.peek().step !== 'choosing';
  keepPage({ path: '/judge', live, isBusy });
  render(<JudgePage judge={judge} />, root);
}

const root = document.getElementById('page');
if (root !== null) void start(root);
