import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { ASPECTS } from '../../../domain/roles/index.ts';
import { deskWords, pairingWords as words } from '../../shared/strings/supervisor-night.ts';
import type { Card } from '../../shared/wire/cards.ts';
import { type PlaceForm, placeProblems, rolesToGive } from './codes.ts';
import type { Desk } from './desk.ts';
import { faultsOf, focusFirstFault } from './form-state.ts';
import { idFromName } from './ids.ts';
import { Choice, Group, submitting, TextField, Tick } from './inputs.tsx';
import type { Night } from './model.ts';
import { Outcome } from './outcome.tsx';
import type { Sending } from './send.ts';

type Props = {
  readonly desk: Desk;
  readonly night: Night;
  readonly card: Card;
  readonly sending: Sending;
  readonly onGive: (form: PlaceForm, ttlS: number) => Promise<boolean>;
};

const FIELDS = ['role', 'subject', 'judge_id', 'corners', 'aspects', 'ttl_s'];
const NOBODY: PlaceForm = { role: 'operator', name: '', subject: '', seat: '', corners: [], aspects: [] };

/** A place for somebody who is not on the panel, or for a judge of another bout. */
export function PlaceMaker({ desk, night, card, sending, onGive }: Props) {
  const typed = useSignal<PlaceForm>(NOBODY);
  const ttl = useSignal('3600');
  const tried = useSignal(false);
  const form = useRef<HTMLFormElement>(null);
  const now = typed.value;
  const faults = faultsOf(tried.value ? placeProblems(now) : [], sending.state.value, FIELDS);
  const seats = seatsOf(night, card);
  const corner = now.corners.length === 1 ? (now.corners[0] ?? '') : '';

  function change(part: Partial<PlaceForm>): void {
    sending.clear();
    typed.value = { ...typed.peek(), ...part };
  }

  async function give(): Promise<void> {
    tried.value = true;
    if (placeProblems(typed.peek()).length > 0) return focusFirstFault(form.current);
    if (!(await onGive(typed.peek(), Number(ttl.peek())))) return focusFirstFault(form.current);
    tried.value = false;
    typed.value = { ...NOBODY, role: typed.peek().role };
  }

  return (
    <section class="panel" aria-labelledby="give-title">
      <h2 id="give-title">{words.give}</h2>
      <form ref={form} class="stack" noValidate onSubmit={submitting(() => void give())}>
        <div class="fields narrow">
          <Choice
            id="place-role"
            label={words.role}
            value={now.role}
            options={rolesToGive(desk.credential.claims.value?.role ?? null).map((role) => [
              role,
              deskWords.role[role],
            ])}
            error={faults.at('role')}
            onChange={(value) => {
              const role = rolesToGive('admin').find((one) => one === value);
              if (role !== undefined) change({ role });
            }}
          />
          <TextField id="place-name" label={words.name} value={now.name} onChange={(name) => change({ name })} />
          <TextField
            id="place-subject"
            label={words.subject}
            value={now.subject}
            hint={words.subjectHint(idFromName(now.name))}
            error={faults.at('subject')}
            onChange={(subject) => change({ subject })}
          />
          {now.role === 'judge' && (
            <TextField
              id="place-seat"
              list="place-seats"
              label={words.seat}
              value={now.seat}
              error={faults.at('judge_id')}
              onChange={(seat) => change({ seat })}
            />
          )}
          {now.role === 'operator' && (
            <Choice
              id="place-corner"
              label={words.corners}
              value={corner}
              options={[
                ['', words.bothCorners],
                ['red', words.cornerOnly.red],
                ['blue', words.cornerOnly.blue],
              ]}
              error={faults.at('corners')}
              onChange={(value) => change({ corners: value === 'red' || value === 'blue' ? [value] : [] })}
            />
          )}
          <Choice
            id="place-ttl"
            label={words.validFor}
            value={ttl.value}
            options={Object.entries(words.ttl)}
            error={faults.at('ttl_s')}
            onChange={(value) => {
              ttl.value = value;
            }}
          />
        </div>
        <datalist id="place-seats">
          {seats.map((seat) => (
            <option key={seat} value={seat} />
          ))}
        </datalist>
        {now.role === 'operator' && (
          <Group legend={words.aspects} class="ticks">
            {ASPECTS.map((aspect) => (
              <Tick
                key={aspect}
                label={words.aspect[aspect]}
                checked={now.aspects.includes(aspect)}
                onChange={(checked) =>
                  change({
                    aspects: ASPECTS.filter((one) => (one === aspect ? checked : now.aspects.includes(one))),
                  })
                }
              />
            ))}
            <p class="hint">{words.aspectsHint}</p>
          </Group>
        )}
        <div class="row">
          <button type="submit" class="primary">
            {sending.state.value.kind === 'busy' ? words.making : words.make}
          </button>
          <p class="hint">{words.giveHint}</p>
        </div>
        <Outcome faults={faults} />
      </form>
    </section>
  );
}

/** Every seat that a bout of the card has. */
function seatsOf(night: Night, card: Card): readonly string[] {
  const all = card.bouts.flatMap(
    ({ bout_id }) => night.facts.value.get(bout_id)?.bout.judges.map((judge) => judge.judge_id) ?? [],
  );
  return [...new Set(all)];
}
