import { isId } from '../../../domain/ids.ts';
import type { Corner } from '../../../domain/corner.ts';
import type { Aspect, Role } from '../../../domain/roles/index.ts';
import { pairingWords as words } from '../../shared/strings/supervisor-night.ts';
import type { FieldProblem } from './bout-form.ts';
import { idFromName } from './ids.ts';
import type { Pairing } from './wire.ts';

/** Whom a place is for, as typed. `subject` is empty while it follows from the name. */
export type PlaceForm = {
  readonly role: Role;
  readonly name: string;
  readonly subject: string;
  readonly seat: string;
  readonly corners: readonly Corner[];
  readonly aspects: readonly Aspect[];
};

const OTHERS: readonly Role[] = ['operator', 'judge', 'timekeeper', 'referee', 'broadcaster', 'camera', 'analyst'];

/** The roles that somebody of this role gives places for: a supervisor's is an administrator's to give. */
export function rolesToGive(role: Role | null): readonly Role[] {
  return role === 'admin' ? ['supervisor', ...OTHERS] : OTHERS;
}

export function subjectOf(form: PlaceForm): string {
  return form.subject.trim() === '' ? idFromName(form.name) : form.subject.trim();
}

export function placeProblems(form: PlaceForm): readonly FieldProblem[] {
  const subject = subjectOf(form);
  return [
    ...(isId(subject) ? [] : [{ field: 'subject', detail: subject === '' ? words.needsWho : words.needsId }]),
    ...(form.role === 'judge' && !isId(form.seat.trim()) ? [{ field: 'judge_id', detail: words.needsSeat }] : []),
  ];
}

/** Nothing ticked restricts nothing, and neither does everything. */
export function placeBody(form: PlaceForm, cardId: string) {
  const { role, corners, aspects } = form;
  return {
    card_id: cardId,
    role,
    subject: subjectOf(form),
    ...(role === 'judge' ? { judge_id: form.seat.trim() } : {}),
    ...(role === 'operator' && corners.length === 1 ? { corners } : {}),
    ...(role === 'operator' && aspects.length > 0 && aspects.length < 3 ? { aspects } : {}),
  };
}

/** A code that this page has shown: only here, and only until the page is left. */
export type ShownCode = {
  readonly url: string;
  readonly expiresAt: string;
  readonly role: Role;
  readonly subject: string;
  readonly seat: string | null;
  /** The whole place, with what it is restricted to, for another code of the same. */
  readonly place: PlaceForm;
};

/** What has become of it. The list names no codes, but no two of one badge end at the same millisecond. */
export function pairingOfCode(code: ShownCode, pairings: readonly Pairing[]): Pairing | null {
  return (
    pairings.find(
      (one) =>
        one.expires_at === code.expiresAt &&
        one.role === code.role &&
        one.subject === code.subject &&
        one.judge_id === code.seat,
    ) ?? null
  );
}

export function codeState(code: ShownCode, pairings: readonly Pairing[], serverMs: number): Pairing['status'] {
  const found = pairingOfCode(code, pairings);
  if (found?.status === 'claimed') return 'claimed';
  return serverMs < Date.parse(code.expiresAt) ? 'open' : 'expired';
}

/** Pairings whose device holds its place, or could still take it; replaced and expired ones are history. */
export function openPairings(pairings: readonly Pairing[]): readonly Pairing[] {
  return pairings.filter((one) => one.status === 'open');
}
