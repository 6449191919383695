import { failureWords } from '../../shared/wire/api.ts';
import { formWords, pairingWords as words, warningWords } from '../../shared/strings/supervisor-night.ts';
import type { Card } from '../../shared/wire/cards.ts';
import { idFromName } from './ids.ts';
import { DeviceState, Revoke } from './device-state.tsx';
import type { PlaceForm } from './codes.ts';
import type { Desk } from './desk.ts';
import type { Night } from './model.ts';
import { namesOf } from './names.ts';
import type { Sending } from './send.ts';
import { nextBout, warningsOf } from './next-bout.ts';
import { holderOf } from './warnings.ts';
import { Warnings } from './warning-list.tsx';

type Props = {
  readonly desk: Desk;
  readonly night: Night;
  readonly card: Card;
  readonly sending: Sending;
  /** Seats from which a device reports now. */
  readonly reporting: readonly string[];
  readonly onGive: (form: PlaceForm) => void;
};

/** The seats of the bout that the devices follow, each with its judge and its device. */
export function Seats({ desk, night, card, sending, reporting, onGive }: Props) {
  const boutId = nextBout(card);
  const judges = boutId === null ? [] : (night.facts.value.get(boutId)?.bout.judges ?? []);
  const warnings = warningsOf(night, card, reporting);
  const isAllPaired = judges.every(({ judge_id, absent }) => absent || holderOf(card, judge_id) !== null);
  const state = sending.state.value;
  return (
    <section class="panel" aria-labelledby="seats-title">
      <h2 id="seats-title">{boutId === null ? words.panel : words.panelOf(namesOf(night, boutId))}</h2>
      <Warnings warnings={warnings} />
      {warnings.length === 0 && judges.length > 0 && (
        <p class="good-text">{isAllPaired ? warningWords.none : warningWords.noneByLink}</p>
      )}
      <ul class="places">
        {judges.map(({ judge_id: seat, judge_name: name, absent, person_id: person }) => {
          const device = holderOf(card, seat);
          const subject = card.seats.find((one) => one.judge_id === seat)?.subject ?? person ?? idFromName(name);
          const isOpen = night.pairings.value.some((one) => one.status === 'open' && one.judge_id === seat);
          return (
            <li key={seat} class="place" data-seat={seat}>
              <div class="place-who">
                <strong>{name}</strong>
                <span class="hint">
                  {seat} · {subject}
                </span>
              </div>
              <DeviceState device={device} isAbsent={absent} isOpen={isOpen} isByLink={reporting.includes(seat)} />
              <div class="place-do">
                <button
                  type="button"
                  aria-label={device === null ? words.pairOf(name) : words.replaceOf(name)}
                  onClick={() => onGive({ role: 'judge', name, subject, seat, corners: [], aspects: [] })}
                >
                  {device === null ? words.pair : words.replace}
                </button>
                {device !== null && <Revoke desk={desk} night={night} card={card} device={device} who={name} />}
              </div>
            </li>
          );
        })}
      </ul>
      <p class={state.kind === 'failed' ? 'outcome bad-text' : 'outcome warn-text'} role="status">
        {state.kind === 'failed' && failureWords(state.failure)}
        {state.kind === 'busy' && desk.live.value.stale.value && formWords.waiting}
      </p>
    </section>
  );
}
