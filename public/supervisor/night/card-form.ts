import { formWords as words } from '../../shared/strings/supervisor-night.ts';
import { type FieldProblem, MAX_NAME } from './bout-form.ts';
import type { CardForm } from './decode-form.ts';

export const NO_CARD: CardForm = { promotion: '', event: '', date: '', timeZone: '', venue: '' };

export function cardProblems(form: CardForm): readonly FieldProblem[] {
  return (['promotion', 'event'] as const).flatMap((field) =>
    form[field].trim() === ''
      ? [{ field, detail: words.needsName }]
      : form[field].trim().length > MAX_NAME
        ? [{ field, detail: words.tooLong(MAX_NAME) }]
        : [],
  );
}

/** What was left empty is not known, and is not sent. */
export function cardBody(form: CardForm) {
  const [date, timeZone, venue] = [form.date, form.timeZone, form.venue].map((value) => value.trim());
  return {
    promotion: form.promotion.trim(),
    event: form.event.trim(),
    ...(date === '' ? {} : { date }),
    ...(timeZone === '' ? {} : { time_zone: timeZone }),
    ...(venue === '' ? {} : { venue }),
  };
}
