import { effect, type ReadonlySignal, signal } from '@preact/signals';
import type { Credential } from '../shared/device/credential.ts';
import { isRole } from '../shared/device/credential.ts';
import type { Live } from '../shared/live/live.ts';
import type { Outbox } from '../shared/outbox/outbox.ts';
import { getJson } from '../shared/wire/api.ts';
import { operatorWords } from '../shared/strings/operator.ts';
import { alertsIn, decodeDevices, type DeviceAlerts, withAlerts } from './alerts.ts';
import { ownsKeys, readPress } from './keys/press.ts';
import { readLayout } from './keys/legend.ts';
import type { Line } from './lines.ts';
import { type Perform, performer } from './perform.ts';
import { openQueue } from './queue.ts';
import { openState, type State } from './state.ts';

export type Operator = {
  readonly credential: Credential;
  readonly live: Live;
  readonly outbox: Outbox;
  readonly state: State;
  readonly perform: Perform;
  readonly takeBack: (line: Line) => void;
  readonly alerts: ReadonlySignal<readonly DeviceAlerts[]>;
  /** What stands on this keyboard's keys; null where the browser does not tell. */
  readonly layout: ReadonlySignal<ReadonlyMap<string, string> | null>;
  readonly stop: () => void;
};

/** Those whose taps are statistics. A judge logs, if at all, from the judge's page. */
export function isOperator(credential: Credential): boolean {
  return isRole(credential, 'operator', 'supervisor', 'admin');
}

export async function openOperator(credential: Credential, live: Live, outbox: Outbox): Promise<Operator> {
  const state = await openState(credential, live, outbox);
  const { perform, takeBack } = performer(state, openQueue(outbox));
  const layout = signal<ReadonlyMap<string, string> | null>(null);
  void readLayout().then((map) => {
    layout.value = map;
  });
  const watched = watchAlerts(credential, live);
  const stopKeys = listen(state, perform);
  const stopTelling = tellRefusals(state, outbox);
  return {
    credential,
    live,
    outbox,
    state,
    perform,
    takeBack,
    alerts: watched.alerts,
    layout,
    stop: () => {
      stopKeys();
      stopTelling();
      watched.stop();
      state.stop();
    },
  };
}

/** What was confirmed as stored and is refused afterwards is taken back in the same place. */
function tellRefusals(state: State, outbox: Outbox): () => void {
  let told = new Set(outbox.refused.peek().map(({ eventId }) => eventId));
  return effect(() => {
    const refused = outbox.refused.value;
    const fresh = refused.findLast(({ eventId }) => !told.has(eventId));
    told = new Set(refused.map(({ eventId }) => eventId));
    if (fresh === undefined) return;
    const title = typeof fresh.note.title === 'string' ? fresh.note.title : '';
    state.said.value = {
      tone: 'refused',
      text: operatorWords.refusedNow(title, fresh.refusal?.detail ?? ''),
    };
  });
}

/** On the window and before everything else, so that keys work whatever has the focus. */
function listen(state: State, perform: Perform): () => void {
  const onKey = (event: KeyboardEvent): void => {
    state.shift.value = event.shiftKey;
    if (event.type !== 'keydown' || ownsKeys(event.target)) return;
    const press = readPress(event, state.keys.peek(), state.keysOn.peek());
    if (press.outcome === 'not_ours') return;
    if (press.outcome === 'leave') {
      state.select(null);
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    if (press.outcome === 'command') perform(press.command, press.shift);
  };
  // A key that is let go while another window has the focus is never heard of.
  const onBlur = (): void => {
    state.shift.value = false;
  };
  addEventListener('keydown', onKey, { capture: true });
  addEventListener('keyup', onKey, { capture: true });
  addEventListener('blur', onBlur);
  return () => {
    removeEventListener('keydown', onKey, { capture: true });
    removeEventListener('keyup', onKey, { capture: true });
    removeEventListener('blur', onBlur);
  };
}

function watchAlerts(credential: Credential, live: Live) {
  const alerts = signal<readonly DeviceAlerts[]>([]);
  const stopped = new AbortController();
  const stopFrames = live.onFrame((frame) => {
    const told = alertsIn(frame);
    if (told !== null) alerts.value = withAlerts(alerts.peek(), told);
  });
  // Changes are told; what was wrong before each connection has to be asked for.
  const stopAsking = effect(() => {
    const boutId = live.boutId.value;
    if (boutId !== null && live.connection.value.state === 'live') void ask(boutId);
  });
  async function ask(boutId: string): Promise<void> {
    const path = `/api/telemetry/${encodeURIComponent(boutId)}`;
    const answer = await getJson(path, decodeDevices, credential, stopped.signal);
    if (!answer.ok || live.boutId.peek() !== boutId) return;
    alerts.value = answer.value.devices
      .filter((device) => device.alerts.length > 0)
      .map((device) => ({ deviceId: device.device_id, by: device.judge_id, alerts: device.alerts }));
  }
  return {
    alerts,
    stop: () => {
      stopped.abort();
      stopFrames();
      stopAsking();
    },
  };
}
