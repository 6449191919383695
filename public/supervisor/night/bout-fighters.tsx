import { CornerMark } from '../../shared/look/corner.tsx';
import { boutWords as words } from '../../shared/strings/supervisor-night.ts';
import type { BoutForm, FighterForm } from './bout-form.ts';
import { Group, TextField } from './inputs.tsx';

export type PartProps = {
  readonly form: BoutForm;
  readonly onChange: (form: BoutForm) => void;
  readonly errorAt: (field: string) => string | undefined;
};

/** Red left, blue right. */
export function BoutFighters({ form, onChange, errorAt }: PartProps) {
  return (
    <div class="corners">
      {(['red', 'blue'] as const).map((corner) => {
        const field = corner === 'red' ? 'fighter1' : 'fighter2';
        const change = (part: Partial<FighterForm>): void =>
          onChange({ ...form, [corner]: { ...form[corner], ...part } });
        return (
          <Group key={corner} class={`corner ${corner}`} legend={<CornerMark corner={corner} label={words[corner]} />}>
            <TextField
              id={`bout-${corner}-name`}
              label={words.fighterName}
              required
              value={form[corner].name}
              error={errorAt(`${field}.name`)}
              onChange={(name) => change({ name })}
            />
            <TextField
              id={`bout-${corner}-id`}
              label={words.fighterId}
              hint={words.fighterIdHint}
              value={form[corner].id}
              error={errorAt(`${field}.id`)}
              onChange={(id) => change({ id })}
            />
          </Group>
        );
      })}
    </div>
  );
}
