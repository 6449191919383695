import { Receipts } from '../shared/outbox/receipts.tsx';
import { operatorWords } from '../shared/strings/operator.ts';
import type { Alert, DeviceAlerts } from './alerts.ts';
import type { Operator } from './model.ts';

/** What is wrong with the bout's devices, in one quiet line that is always there. */
export function Devices({ operator }: { readonly operator: Operator }) {
  const alerts = operator.alerts.value;
  return (
    <section class="devices" aria-label={operatorWords.alerts}>
      <span class="group-title">{operatorWords.alerts}</span>
      <p class={alerts.length === 0 ? 'devices-well' : 'devices-alerts'} role="status" data-alerts={alerts.length}>
        {alerts.length === 0
          ? operatorWords.allWell
          : alerts.map((device) => deviceWords(device, operator.credential.deviceId)).join(' · ')}
      </p>
      <Receipts credential={operator.credential} live={operator.live} outbox={operator.outbox} />
    </section>
  );
}

function deviceWords({ deviceId, by, alerts }: DeviceAlerts, own: string): string {
  const who = deviceId === own ? operatorWords.thisDevice : by === '' ? deviceId : by;
  return `${who}: ${alerts.map(alertWords).join(', ')}`;
}

function alertWords({ type, value }: Alert): string {
  return operatorWords.alert[type]?.(value) ?? operatorWords.alertOther(type, value);
}
