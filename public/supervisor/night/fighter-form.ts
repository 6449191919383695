import { fighterWords as words } from '../../shared/strings/supervisor-night.ts';
import type { Particulars } from '../../shared/wire/fighters.ts';
import type { FieldProblem } from './bout-form.ts';

export const TEXTS = ['nickname', 'country', 'record', 'team'] as const;
export const NUMBERS = ['age', 'height_cm', 'reach_cm', 'weight_kg'] as const;
export const FIGHTER_FIELDS = [...TEXTS, ...NUMBERS, 'stance'] as const;

export type FighterField = (typeof FIGHTER_FIELDS)[number];

/** As typed; empty: not known. */
export type FighterForm = Readonly<Record<FighterField, string>>;

export function fighterForm(fighter: Particulars): FighterForm {
  const shown = (field: FighterField): string => String(fighter[field] ?? '');
  return {
    nickname: shown('nickname'),
    country: shown('country'),
    record: shown('record'),
    team: shown('team'),
    age: shown('age'),
    height_cm: shown('height_cm'),
    reach_cm: shown('reach_cm'),
    weight_kg: shown('weight_kg'),
    stance: shown('stance'),
  };
}

function numberOf(typed: string): number | null {
  const text = typed.trim().replace(',', '.');
  return /^\d{1,3}(\.\d)?$/.test(text) ? Number(text) : null;
}

export function fighterProblems(form: FighterForm): readonly FieldProblem[] {
  return NUMBERS.flatMap((field) =>
    form[field].trim() !== '' && numberOf(form[field]) === null ? [{ field, detail: words.needsNumber }] : [],
  );
}

/** Replaces all that is known of the fighter: what is left out is unknown from then on. */
export function fighterBody(form: FighterForm): Readonly<Record<string, string | number>> {
  const body: Record<string, string | number> = {};
  for (const field of TEXTS) {
    const value = field === 'country' ? form[field].trim().toUpperCase() : form[field].trim();
    if (value !== '') body[field] = value;
  }
  for (const field of NUMBERS) {
    const value = numberOf(form[field]);
    if (value !== null) body[field] = value;
  }
  if (form.stance !== '') body['stance'] = form.stance;
  return body;
}
