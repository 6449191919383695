import { deskWords, pairingWords as words } from '../../shared/strings/supervisor-night.ts';
import type { Card, CardDevice } from '../../shared/wire/cards.ts';
import { openPairings, type PlaceForm } from './codes.ts';
import { DeviceState, Revoke } from './device-state.tsx';
import type { Desk } from './desk.ts';
import type { Night } from './model.ts';
import { nextBout } from './next-bout.ts';

type Props = {
  readonly desk: Desk;
  readonly night: Night;
  readonly card: Card;
  readonly onGive: (form: PlaceForm) => void;
};

/** Everybody who has a place and no seat of the bout that is on; then codes and devices that hold none. */
export function Others({ desk, night, card, onGive }: Props) {
  const boutId = nextBout(card);
  const seats = (boutId === null ? undefined : night.facts.value.get(boutId))?.bout.judges.map((one) => one.judge_id);
  const held = card.devices.filter(
    (one) => one.current && !one.revoked && !(one.judge_id !== null && (seats ?? []).includes(one.judge_id)),
  );
  const former = card.devices.filter((one) => one.revoked || !one.current);
  const open = openPairings(night.pairings.value);
  return (
    <section class="panel" aria-labelledby="others-title">
      <h2 id="others-title">{words.others}</h2>
      {held.length === 0 && <p class="hint">{words.noOthers}</p>}
      <ul class="places">
        {held.map((device) => (
          <li key={device.device_id} class="place">
            <div class="place-who">
              <strong>{device.subject}</strong>
              <span class="hint">{workOf(device)}</span>
            </div>
            <DeviceState device={device} />
            <div class="place-do">
              <button
                type="button"
                aria-label={words.replaceOf(device.subject)}
                onClick={() => onGive(placeOf(device))}
              >
                {words.replace}
              </button>
              <Revoke desk={desk} night={night} card={card} device={device} who={device.subject} />
            </div>
          </li>
        ))}
      </ul>
      {open.length > 0 && (
        <details>
          <summary>
            {words.openCodes} ({open.length})
          </summary>
          <p class="hint">{words.openCodesHint}</p>
          <ul class="quiet-lines">
            {open.map((one) => (
              <li key={`${one.created_at} ${one.subject}`}>
                {words.who(deskWords.role[one.role], one.subject, one.judge_id)}{' '}
                <span class="hint">{words.until(new Date(one.expires_at).toLocaleTimeString())}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
      {former.length > 0 && (
        <details>
          <summary>
            {words.revokedTitle} ({former.length})
          </summary>
          <ul class="quiet-lines">
            {former.map((one) => (
              <li key={one.device_id}>
                {words.who(deskWords.role[one.role], one.subject, one.judge_id)}{' '}
                <span class="hint">
                  {words.device(one.device_id, one.device_epoch)} · {one.revoked ? words.revoked : words.replaced}
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function workOf({ role, judge_id, corners, aspects }: CardDevice): string {
  const only = corners?.[0];
  return [
    deskWords.role[role],
    judge_id,
    corners?.length === 1 && only !== undefined ? words.cornerOnly[only] : null,
    aspects === null ? null : aspects.map((aspect) => words.aspect[aspect]).join(', '),
  ]
    .filter((part) => part !== null)
    .join(' · ');
}

/** The same place for another device. */
function placeOf({ role, subject, judge_id, corners, aspects }: CardDevice): PlaceForm {
  return { role, name: '', subject, seat: judge_id ?? '', corners: corners ?? [], aspects: aspects ?? [] };
}
