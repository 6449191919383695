import { failureWords } from '../../shared/wire/api.ts';
import { formWords as words } from '../../shared/strings/supervisor-night.ts';
import type { FieldProblem } from './bout-form.ts';
import type { SendState } from './send.ts';

/** What is wrong with a form, put where it belongs. */
export type Faults = {
  readonly at: (field: string) => string | undefined;
  /** What has no field on the screen, in one sentence; null for nothing. */
  readonly rest: string | null;
};

/**
 * @param local what the page itself finds, once somebody has tried to send
 * @param fields the fields that show their own fault
 */
export function faultsOf(local: readonly FieldProblem[], state: SendState, fields: readonly string[]): Faults {
  const refused = state.kind === 'failed' && state.failure.kind === 'problem' ? state.failure.errors : [];
  const all = local.length > 0 ? local : refused;
  const at = (field: string): string | undefined => all.find((one) => one.field === field)?.detail;
  if (local.length > 0) return { at, rest: words.fixFields(local.length) };
  if (state.kind !== 'failed') return { at, rest: null };
  if (state.failure.kind === 'unreachable') return { at, rest: words.unanswered };
  const elsewhere = refused.filter((one) => !fields.includes(one.field));
  if (refused.length > 0 && elsewhere.length === 0) return { at, rest: words.fixFields(refused.length) };
  const told = elsewhere.map((one) => one.detail);
  return { at, rest: told.length > 0 ? told.join(' ') : failureWords(state.failure) };
}

/** Brings whoever cannot see the colours to the first field that is wrong. */
export function focusFirstFault(form: HTMLElement | null): void {
  requestAnimationFrame(() => {
    const first = form?.querySelector('[aria-invalid="true"]');
    if (!(first instanceof HTMLElement)) return;
    first.closest('details')?.setAttribute('open', '');
    first.focus();
  });
}
