import type { ComponentChildren } from 'preact';
import { describedBy, Field } from '../../shared/look/field.tsx';

type Common = {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
};

type TextProps = Common & {
  readonly type?: 'text' | 'date';
  /** The id of a `datalist` with suggestions. */
  readonly list?: string;
  readonly numeric?: boolean;
  readonly required?: boolean;
};

export function TextField({
  id,
  label,
  value,
  onChange,
  hint,
  error,
  type = 'text',
  list,
  numeric,
  required,
}: TextProps) {
  return (
    <Field id={id} label={label} hint={hint} error={error}>
      <input
        id={id}
        type={type}
        value={value}
        {...(list === undefined ? {} : { list })}
        {...(numeric === true ? { inputMode: 'numeric' as const } : {})}
        autocomplete="off"
        spellcheck={false}
        aria-required={required === true}
        aria-invalid={error !== undefined}
        aria-describedby={describedBy(id)}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
    </Field>
  );
}

type ChoiceProps = Common & { readonly options: readonly (readonly [value: string, words: string])[] };

export function Choice({ id, label, value, onChange, hint, error, options }: ChoiceProps) {
  return (
    <Field id={id} label={label} hint={hint} error={error}>
      <select
        id={id}
        value={value}
        aria-invalid={error !== undefined}
        aria-describedby={describedBy(id)}
        onChange={(event) => onChange(event.currentTarget.value)}
      >
        {options.map(([option, words]) => (
          <option key={option} value={option}>
            {words}
          </option>
        ))}
      </select>
    </Field>
  );
}

type TickProps = {
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly hint?: string;
};

export function Tick({ label, checked, onChange, hint }: TickProps) {
  return (
    <label class="tick">
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.currentTarget.checked)} />
      <span>
        {label}
        {hint !== undefined && <small class="hint">{hint}</small>}
      </span>
    </label>
  );
}

type GroupProps = { readonly legend: ComponentChildren; readonly children: ComponentChildren; readonly class?: string };

export function Group({ legend, children, class: name = '' }: GroupProps) {
  return (
    <fieldset class={`group ${name}`}>
      <legend>{legend}</legend>
      {children}
    </fieldset>
  );
}

/** Submits without leaving the page. */
export function submitting(act: () => void): (event: Event) => void {
  return (event) => {
    event.preventDefault();
    act();
  };
}
