import { useSignal } from '@preact/signals';
import { words as common } from '../../../shared/strings/common.ts';
import { words } from '../../../shared/strings/supervisor-bout.ts';
import type { Ruling } from '../../../shared/wire/scorecards.ts';
import type { Desk } from '../desk.ts';
import { Check, Choice, TextField } from '../fields.tsx';
import { BLANK_PENALTY, lawfulPoints, penaltyBody } from '../model/foul.ts';
import type { Presses } from '../sending.ts';
import type { BoutRules } from '../wire.ts';

type Props = {
  readonly desk: Desk;
  readonly ruling: Ruling;
  readonly rules: BoutRules;
  readonly presses: Presses;
};

/** What follows later from a foul that stands already. */
export function Penalise({ desk, ruling, rules, presses }: Props) {
  const draft = desk.drafts.of(`penalty-${ruling.sequence_index}`, BLANK_PENALTY);
  const wrong = useSignal(false);
  const foulRules = { points: rules.deduction_points, injuryPoints: rules.intentional_injury_points };
  const points = lawfulPoints(foulRules, ruling.intent ?? '', draft.value.injury);
  const record = (): void => {
    if (ruling.event_id === null) return;
    const body = penaltyBody(draft.peek(), { ...ruling, event_id: ruling.event_id }, foulRules);
    wrong.value = body === null;
    if (body === null || presses.isBounce()) return;
    const who = ruling.corner === null ? common.notYet : common.corner[ruling.corner];
    const said =
      typeof body.points === 'number' ? words.rulingOf.deduction(who, body.points) : words.rulingOf.warning(who);
    void presses.press('/rulings', body, said);
  };
  return (
    <details class="more small">
      <summary>{words.penalise}</summary>
      <div class="more-body">
        <Check draft={draft} name="injury" label={words.injury} />
        <Choice
          draft={draft}
          name="penalty"
          label={words.whatFollows}
          error={wrong.value ? words.pointsNeeded(points) : undefined}
          options={[
            { value: 'warning', label: words.warning },
            ...points.map((one) => ({ value: String(one), label: words.takePoints(one) })),
          ]}
        />
        <TextField draft={draft} name="note" label={words.noteOptional} />
        <button type="button" class="primary" onClick={record}>
          {words.recordFoul}
        </button>
      </div>
    </details>
  );
}
