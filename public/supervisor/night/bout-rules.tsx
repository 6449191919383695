import { SPORTS } from '../../../domain/sport.ts';
import { boutWords as words } from '../../shared/strings/supervisor-night.ts';
import type { PartProps } from './bout-fighters.tsx';
import { minutesWords, secondsOf, withRuleset, withSport } from './bout-form.ts';
import { Choice, Group, TextField } from './inputs.tsx';
import type { Choosable } from './wire.ts';

type Props = PartProps & { readonly rules: readonly Choosable[] };

/** The rule set of the sport, whose choices come on top, and how many rounds of what length. */
export function BoutRules({ form, rules, onChange, errorAt }: Props) {
  const sets = rules.filter((set) => set.sport === form.sport);
  const set = sets.find((one) => one.id === form.ruleset) ?? null;
  const preset = set?.jurisdictions.find(({ id }) => id === form.jurisdiction) ?? null;
  const allowed = set?.rules.rounds_allowed ?? [];
  const lengths = set?.rules.round_lengths_s ?? [];
  const isUnusual = allowed.length > 0 && /^\d+$/.test(form.rounds) && !allowed.includes(Number(form.rounds));
  return (
    <Group legend={words.rules}>
      <div class="fields">
        <Choice
          id="bout-sport"
          label={words.sport}
          value={form.sport}
          options={SPORTS.map((sport) => [sport, words.sports[sport]])}
          error={errorAt('sport')}
          onChange={(value) => {
            const sport = SPORTS.find((one) => one === value);
            if (sport !== undefined) onChange(withSport(form, rules, sport));
          }}
        />
        <Choice
          id="bout-ruleset"
          label={words.ruleset}
          value={form.ruleset}
          options={sets.map(({ id, title }) => [id, title])}
          error={errorAt('ruleset')}
          onChange={(ruleset) => onChange(withRuleset(form, rules, ruleset))}
        />
        <Choice
          id="bout-jurisdiction"
          label={words.jurisdiction}
          value={form.jurisdiction}
          options={[
            ['', words.noJurisdiction],
            ...(set?.jurisdictions ?? []).map(({ id, title }) => [id, title] as const),
          ]}
          hint={preset === null ? undefined : words.source(preset.source)}
          error={errorAt('rules.jurisdiction')}
          onChange={(jurisdiction) => onChange({ ...form, jurisdiction })}
        />
      </div>
      <div class="fields">
        <div>
          <TextField
            id="bout-rounds"
            numeric
            label={words.rounds}
            value={form.rounds}
            hint={isUnusual ? words.unusualRounds : undefined}
            error={errorAt('scheduled_rounds')}
            onChange={(rounds) => onChange({ ...form, rounds })}
          />
          <Usual values={allowed.map(String)} chosen={form.rounds} onTake={(rounds) => onChange({ ...form, rounds })} />
        </div>
        <div>
          <TextField
            id="bout-length"
            label={words.length}
            value={form.length}
            error={errorAt('round_length_s')}
            onChange={(length) => onChange({ ...form, length })}
          />
          <Usual
            values={lengths.map(minutesWords)}
            chosen={minutesWords(secondsOf(form.length) ?? 0)}
            onTake={(length) => onChange({ ...form, length })}
          />
        </div>
      </div>
    </Group>
  );
}

type UsualProps = {
  readonly values: readonly string[];
  readonly chosen: string;
  readonly onTake: (value: string) => void;
};

/** What the rule set usually has, one press each. */
function Usual({ values, chosen, onTake }: UsualProps) {
  return (
    <div class="usual">
      <span class="hint">{words.usual}</span>
      {values.map((value) => (
        <button
          key={value}
          type="button"
          class="chip"
          aria-pressed={value === chosen}
          aria-label={words.take(value)}
          onClick={() => onTake(value)}
        >
          {value}
        </button>
      ))}
    </div>
  );
}
