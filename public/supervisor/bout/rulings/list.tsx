import { useSignal } from '@preact/signals';
import { CornerShape } from '../../../shared/look/corner.tsx';
import { words as common } from '../../../shared/strings/common.ts';
import { words } from '../../../shared/strings/supervisor-bout.ts';
import type { Ruling } from '../../../shared/wire/scorecards.ts';
import type { Desk } from '../desk.ts';
import { PressLines } from '../fate.tsx';
import { TextField } from '../fields.tsx';
import { isPunished, toldOf } from '../model/knockdowns.ts';
import { isOfficial } from '../model/waiting.ts';
import { type Presses, usePresses } from '../sending.ts';
import type { DeskScorecards } from '../wire.ts';
import { Penalise } from './penalise.tsx';
import { rulingWords } from '../words.ts';

/** Every ruling of the bout, newest first, with its state. */
export function RulingList({ desk }: { readonly desk: Desk }) {
  const presses = usePresses(desk, 'rescind');
  const cards = desk.scorecards.value.value;
  const rulings = [...(cards?.rulings ?? [])].toSorted((a, b) => b.sequence_index - a.sequence_index);
  return (
    <div class="ruling-part">
      <h3>{words.rulingsOfBout}</h3>
      {cards === null || rulings.length === 0 ? (
        <p class="hint">{cards === null ? common.loading : words.noRulings}</p>
      ) : (
        <ul class="ruling-list">
          {rulings.map((ruling) => (
            <Line key={ruling.sequence_index} desk={desk} ruling={ruling} cards={cards} presses={presses} />
          ))}
        </ul>
      )}
      <PressLines presses={presses} />
    </div>
  );
}

type LineProps = {
  readonly desk: Desk;
  readonly ruling: Ruling;
  readonly cards: DeskScorecards;
  readonly presses: Presses;
};

function Line({ desk, ruling, cards, presses }: LineProps) {
  const said = rulingWords(ruling, desk.fouls.value);
  const told = ruling.kind === 'deduction' ? toldOf(ruling.sequence_index, cards.told, cards.seats) : null;
  const isOpen = !isOfficial(desk.view.value);
  const canRescind = isOpen && !ruling.rescinded && ruling.kind !== 'replay_review' && ruling.event_id !== null;
  const canPunish =
    isOpen &&
    ruling.kind === 'foul' &&
    !ruling.rescinded &&
    ruling.event_id !== null &&
    !isPunished(cards.rulings, ruling.event_id);
  return (
    <li class={`ruling-line ${ruling.corner ?? ''} ${ruling.rescinded ? 'rescinded' : ''}`}>
      <p class="ruling-what">
        <span class="ruling-round">{words.shortRound(ruling.round_id)}</span>
        {ruling.corner !== null && <CornerShape corner={ruling.corner} />}
        {ruling.rescinded ? <s>{said}</s> : <span>{said}</span>}
        {ruling.rescinded && <span class="tag">{words.rescinded}</span>}
      </p>
      {told !== null && !ruling.rescinded && (
        <p class="hint">{words.told(told.told.join(', '), told.waiting.join(', '))}</p>
      )}
      <div class="ruling-more">
        {canPunish && <Penalise desk={desk} ruling={ruling} rules={cards.rules} presses={presses} />}
        {canRescind && <Rescind desk={desk} ruling={ruling} said={said} presses={presses} />}
      </div>
    </li>
  );
}

type RescindProps = Omit<LineProps, 'cards'> & { readonly said: string };

function Rescind({ desk, ruling, said, presses }: RescindProps) {
  const draft = desk.drafts.of(`rescind-${ruling.sequence_index}`, { note: '' });
  const missing = useSignal(false);
  const rescind = (): void => {
    const note = draft.peek().note.trim();
    missing.value = note === '';
    if (note === '' || ruling.event_id === null || presses.isBounce()) return;
    const fields = { kind: 'rescind', round_id: ruling.round_id, target_event_id: ruling.event_id, note };
    // The form goes with the ruling's state; until then it keeps its reason.
    void presses.press('/rulings', fields, words.rescinding(said));
  };
  return (
    <details class="more small">
      <summary aria-label={words.rescindOf(said)}>{words.rescind}</summary>
      <div class="more-body">
        <TextField
          draft={draft}
          name="note"
          label={words.reason}
          error={missing.value ? words.reasonNeeded : undefined}
        />
        <button type="button" class="danger" onClick={rescind}>
          {words.rescindNow}
        </button>
      </div>
    </details>
  );
}
