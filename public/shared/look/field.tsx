import type { ComponentChildren } from 'preact';

type FieldProps = {
  /** Of the control inside, which this labels. */
  readonly id: string;
  readonly label: string;
  readonly hint?: string | undefined;
  /** What is wrong with it, in one sentence. */
  readonly error?: string | undefined;
  readonly children: ComponentChildren;
};

/**
 * A labelled control with its hint and its error. The control inside has this `id`, and
 * `aria-describedby={describedBy(id)}`, so that both are read out with it.
 */
export function Field({ id, label, hint, error, children }: FieldProps) {
  return (
    <div class={error === undefined ? 'field' : 'field wrong'}>
      <label for={id}>{label}</label>
      {children}
      <p class="field-note" id={describedBy(id)}>
        {error === undefined ? hint : <span class="field-error">{error}</span>}
      </p>
    </div>
  );
}

export function describedBy(id: string): string {
  return `${id}-note`;
}
