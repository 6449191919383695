import { type ReadonlySignal, type Signal, useSignal } from '@preact/signals';
import { CornerMark, cornerOf } from '../../../shared/look/corner.tsx';
import { actionWords, loggedWords } from '../words.ts';
import { words as common } from '../../../shared/strings/common.ts';
import { words } from '../../../shared/strings/supervisor-bout.ts';
import type { View } from '../../../shared/wire/frames.ts';
import type { Desk } from '../desk.ts';
import { filled } from '../drafts.ts';
import { PressLines } from '../fate.tsx';
import { CornerChoice, cornerName, roundOptions, SelectField, TextField } from '../fields.tsx';
import { fighterOf } from '../model/foul.ts';
import { type PendingKnockdown, pendingKnockdowns } from '../model/knockdowns.ts';
import { timeWords } from '../model/times.ts';
import type { RoundEvents } from '../round-events.ts';
import { type Presses, usePresses } from '../sending.ts';

type Props = { readonly desk: Desk; readonly rounds: ReadonlySignal<readonly RoundEvents[]> };

/** Knockdowns that wait for the referee: one press each. */
export function Knockdowns({ desk, rounds }: Props) {
  const presses = usePresses(desk, 'knockdown');
  const note = desk.drafts.of('knockdown-note', { note: '' });
  const view = desk.view.value;
  const cards = desk.scorecards.value.value;
  // What has been pressed here and is on its way waits no longer; what was refused or rescinded waits again.
  const known = new Set((cards?.rulings ?? []).map(({ event_id }) => event_id));
  const onTheirWay = new Set(
    presses.items.value.flatMap(({ state, body, eventId }) =>
      state === 'unsent' || (state === 'sent' && !known.has(eventId)) ? [body.target_event_id] : [],
    ),
  );
  const pending = pendingKnockdowns(rounds.value, cards?.rulings ?? []).filter(
    ({ event }) => !onTheirWay.has(event.event_id),
  );
  // Where the statistics decide nobody waits for the referee.
  const asked = cards?.rules.knockdown_authority !== 'statistics';
  return (
    <div class="ruling-part">
      <h3>{words.knockdowns}</h3>
      <div class="pending-list" aria-live="polite">
        {view === null || !asked || pending.length === 0 ? (
          <p class="hint">{asked ? words.noKnockdown : words.statisticsDecide}</p>
        ) : (
          <ul>
            {pending.map((one) => (
              <Pending key={one.event.event_id} one={one} view={view} presses={presses} note={note} />
            ))}
          </ul>
        )}
      </div>
      <PressLines
        presses={presses}
        onCorrect={(form) => {
          // A ruling on a tap has no form but its note.
          if ('corner' in form) desk.drafts.of('unlogged', BLANK_UNLOGGED).value = filled(BLANK_UNLOGGED, form);
          else note.value = filled({ note: '' }, form);
        }}
      />
      {view !== null && (
        <details class="more">
          <summary>{words.unloggedKnockdown}</summary>
          <Unlogged desk={desk} view={view} presses={presses} />
        </details>
      )}
      <details class="more">
        <summary>{words.knockdownNote}</summary>
        <div class="more-body">
          <TextField draft={note} name="note" label={words.note} hint={words.knockdownNoteHint} />
        </div>
      </details>
    </div>
  );
}

type PendingProps = {
  readonly one: PendingKnockdown;
  readonly view: View;
  readonly presses: Presses;
  readonly note: Signal<{ readonly note: string }>;
};

function Pending({ one: { round, event }, view, presses, note }: PendingProps) {
  const corner = cornerOf(view.bout, event.fighter_id);
  const rule = (kind: 'knockdown' | 'slip'): void => {
    // What is ruled on leaves the list: a second press of the same finger would rule on the one that takes its room.
    if (presses.isBounce()) return;
    const said = note.peek().note.trim();
    const fields = {
      kind,
      round_id: round,
      target_event_id: event.event_id,
      ...(said === '' ? {} : { note: said }),
    };
    const who = corner === null ? event.fighter_id : common.corner[corner];
    const form = said === '' ? {} : { form: note.peek() };
    // It was meant for this one.
    note.value = { note: '' };
    void presses.press('/rulings', fields, words.knockdownRuled[kind](who, round), form);
  };
  const facts = [
    common.round(round),
    event.clock_ms === null ? common.notYet : words.elapsed(timeWords(event.clock_ms)),
  ];
  return (
    <li class={`pending ${corner ?? ''}`}>
      <p class="pending-what">
        {corner !== null && <CornerMark corner={corner} label={words.scoredBy(cornerName(view, corner))} />}
        <span class="hint">
          {[...facts, actionWords(event).join(', '), loggedWords(event)].filter((fact) => fact !== '').join(' · ')}
        </span>
      </p>
      <div class="pending-buttons">
        <button type="button" class="primary" onClick={() => rule('knockdown')}>
          {words.confirmKnockdown}
        </button>
        <button type="button" onClick={() => rule('slip')}>
          {words.slip}
        </button>
      </div>
    </li>
  );
}

const BLANK_UNLOGGED = { round: '', corner: '', note: '' };

function Unlogged({ desk, view, presses }: { readonly desk: Desk; readonly view: View; readonly presses: Presses }) {
  const draft = desk.drafts.of('unlogged', BLANK_UNLOGGED);
  const missing = useSignal(false);
  const shownRound = draft.value.round === '' ? String(view.round_id) : draft.value.round;
  const rule = (): void => {
    const { corner, note } = draft.peek();
    const fighter = fighterOf(corner);
    missing.value = fighter === null;
    if (fighter === null || presses.isBounce()) return;
    const fields = {
      kind: 'knockdown',
      round_id: Number(shownRound),
      fighter_id: fighter,
      ...(note.trim() === '' ? {} : { note: note.trim() }),
    };
    const who = corner === 'red' ? common.corner.red : common.corner.blue;
    void presses
      .press('/rulings', fields, words.knockdownRuled.knockdown(who, Number(shownRound)), { form: draft.peek() })
      .then(() => {
        draft.value = BLANK_UNLOGGED;
      });
  };
  return (
    <div class="more-body">
      <CornerChoice
        draft={draft}
        name="corner"
        view={view}
        label={words.whoScored}
        error={missing.value ? words.cornerNeeded : undefined}
      />
      <SelectField
        draft={draft}
        name="round"
        label={words.inRound}
        options={[{ value: '', label: words.currentRound(view.round_id) }, ...roundOptions(view)]}
      />
      <TextField draft={draft} name="note" label={words.noteOptional} hint={words.anotherKnockdownHint} />
      <button type="button" class="primary" onClick={rule}>
        {words.recordKnockdown}
      </button>
    </div>
  );
}
