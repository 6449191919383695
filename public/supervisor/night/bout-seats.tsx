import { boutWords as words } from '../../shared/strings/supervisor-night.ts';
import type { PartProps } from './bout-fighters.tsx';
import { MAX_SEATS, type SeatForm, withoutSeat, withSeat } from './bout-form.ts';
import { idFromName } from './ids.ts';
import { Group, TextField, Tick } from './inputs.tsx';
import { panelWarnings } from './warnings.ts';
import { Warnings } from './warning-list.tsx';

/** The seats of the panel, and who sits in them. */
export function BoutSeats({ form, onChange, errorAt }: PartProps) {
  function change(index: number, part: Partial<SeatForm>): void {
    onChange({ ...form, seats: form.seats.map((one, at) => (at === index ? { ...one, ...part } : one)) });
  }

  const panelError = errorAt('judges');
  return (
    <Group legend={words.panel}>
      <ol class="seats">
        {form.seats.map((seat, index) => (
          <li key={index} class="seat">
            <TextField
              id={`bout-seat-${index}`}
              label={words.seatOf(index + 1)}
              value={seat.seat}
              error={errorAt(`judges[${index}].judge_id`)}
              onChange={(value) => change(index, { seat: value })}
            />
            <TextField
              id={`bout-judge-${index}`}
              label={words.judgeName}
              required
              value={seat.name}
              error={errorAt(`judges[${index}].judge_name`)}
              onChange={(name) => change(index, { name })}
            />
            <TextField
              id={`bout-person-${index}`}
              label={words.person}
              value={seat.person}
              hint={words.personHint(idFromName(seat.name))}
              error={errorAt(`judges[${index}].person_id`)}
              onChange={(person) => change(index, { person })}
            />
            <button
              type="button"
              class="quiet remove"
              aria-label={words.removeSeat(index + 1)}
              onClick={() => onChange(withoutSeat(form, index))}
            >
              <svg class="arrow" viewBox="0 0 12 12" aria-hidden="true" focusable="false">
                <path d="M2.5 2.5l7 7M9.5 2.5l-7 7" />
              </svg>
            </button>
          </li>
        ))}
      </ol>
      {panelError !== undefined && <p class="bad-text">{panelError}</p>}
      <Warnings
        warnings={panelWarnings(form.seats.map(({ seat, name }) => ({ judge_id: seat.trim(), judge_name: name })))}
      />
      <div class="row">
        <button type="button" disabled={form.seats.length >= MAX_SEATS} onClick={() => onChange(withSeat(form))}>
          {words.addSeat}
        </button>
        <Tick
          label={words.judgesLog}
          hint={words.judgesLogHint}
          checked={form.judgesLog}
          onChange={(judgesLog) => onChange({ ...form, judgesLog })}
        />
      </div>
    </Group>
  );
}
