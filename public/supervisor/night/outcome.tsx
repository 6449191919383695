import type { Faults } from './form-state.ts';

type Props = { readonly faults: Faults; readonly done?: string | null };

/** Under a form's button: what came of the last press. Room is kept for it. */
export function Outcome({ faults, done = null }: Props) {
  return (
    <p class="outcome" role="status">
      {faults.rest !== null ? <span class="bad-text">{faults.rest}</span> : <span class="good-text">{done}</span>}
    </p>
  );
}
