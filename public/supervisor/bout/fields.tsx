import type { Signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { CORNERS } from '../../../domain/corner.ts';
import { CornerMark } from '../../shared/look/corner.tsx';
import { describedBy, Field } from '../../shared/look/field.tsx';
import { words as common } from '../../shared/strings/common.ts';
import type { View } from '../../shared/wire/frames.ts';
import type { Fields } from './drafts.ts';

type NameOf<T extends Fields, V> = { readonly [K in keyof T]: T[K] extends V ? K : never }[keyof T] & string;

type Base<T extends Fields> = {
  readonly draft: Signal<T>;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
};

type TextProps<T extends Fields> = Base<T> & {
  readonly name: NameOf<T, string>;
  readonly inputMode?: 'numeric' | 'text';
  readonly maxLength?: number;
  readonly placeholder?: string;
};

export function TextField<T extends Fields>(props: TextProps<T>) {
  const { draft, name, label, hint, error, inputMode = 'text', maxLength = 500, placeholder } = props;
  const id = useId();
  return (
    <Field id={id} label={label} hint={hint} error={error}>
      <input
        id={id}
        type="text"
        inputMode={inputMode}
        maxLength={maxLength}
        placeholder={placeholder}
        autocomplete="off"
        aria-describedby={describedBy(id)}
        aria-invalid={error !== undefined}
        value={String(draft.value[name])}
        onInput={(event) => {
          draft.value = { ...draft.value, [name]: event.currentTarget.value };
        }}
      />
    </Field>
  );
}

export type Option = { readonly value: string; readonly label: string };

type SelectProps<T extends Fields> = Base<T> & {
  readonly name: NameOf<T, string>;
  readonly options: readonly Option[];
};

export function SelectField<T extends Fields>({ draft, name, label, hint, error, options }: SelectProps<T>) {
  const id = useId();
  return (
    <Field id={id} label={label} hint={hint} error={error}>
      <select
        id={id}
        aria-describedby={describedBy(id)}
        aria-invalid={error !== undefined}
        value={String(draft.value[name])}
        onChange={(event) => {
          draft.value = { ...draft.value, [name]: event.currentTarget.value };
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </Field>
  );
}

type ChoiceProps<T extends Fields> = Base<T> & {
  readonly name: NameOf<T, string>;
  readonly options: readonly { readonly value: string; readonly label: ComponentChildren }[];
};

/** A few choices side by side: one press each, arrows between them. */
export function Choice<T extends Fields>({ draft, name, label, hint, error, options }: ChoiceProps<T>) {
  const id = useId();
  return (
    <fieldset class="choice" aria-describedby={describedBy(id)}>
      <legend>{label}</legend>
      <div class="choice-options">
        {options.map((option) => (
          <label key={option.value} class="choice-option">
            <input
              type="radio"
              name={id}
              value={option.value}
              checked={draft.value[name] === option.value}
              onChange={() => {
                draft.value = { ...draft.value, [name]: option.value };
              }}
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
      <p class="field-note" id={describedBy(id)}>
        {error === undefined ? hint : <span class="field-error">{error}</span>}
      </p>
    </fieldset>
  );
}

type CornerProps<T extends Fields> = Base<T> & { readonly name: NameOf<T, string>; readonly view: View };

/** Red left, blue right, with the fighters' names. */
export function CornerChoice<T extends Fields>({ view, ...rest }: CornerProps<T>) {
  const options = CORNERS.map((corner) => ({
    value: corner,
    label: <CornerMark corner={corner} label={cornerName(view, corner)} />,
  }));
  return <Choice {...rest} options={options} />;
}

export function cornerName(view: View, corner: 'red' | 'blue'): string {
  const fighter = corner === 'red' ? view.bout.fighter1 : view.bout.fighter2;
  return `${common.corner[corner]} · ${fighter.name}`;
}

type CheckProps<T extends Fields> = {
  readonly draft: Signal<T>;
  readonly name: NameOf<T, boolean>;
  readonly label: string;
};

export function Check<T extends Fields>({ draft, name, label }: CheckProps<T>) {
  return (
    <label class="check">
      <input
        type="checkbox"
        checked={draft.value[name] === true}
        onChange={(event) => {
          draft.value = { ...draft.value, [name]: event.currentTarget.checked };
        }}
      />
      <span>{label}</span>
    </label>
  );
}

/** Rounds that a form can be about. */
export function roundOptions(view: View): readonly Option[] {
  const last = Math.max(view.round_id, ...view.rounds.map(({ round_id }) => round_id));
  return Array.from({ length: last }, (_, i) => ({ value: String(i + 1), label: common.round(i + 1) }));
}
