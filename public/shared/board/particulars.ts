import type { Particulars } from '../wire/fighters.ts';
import { board } from './words.ts';

type TaleLine = { readonly label: string; readonly red: string | null; readonly blue: string | null };

const LINES = [
  'record',
  'age',
  'height_cm',
  'reach_cm',
  'weight_kg',
  'stance',
  'country',
  'team',
] as const satisfies readonly (keyof Particulars)[];

/** The tale of the tape: a line for everything that is known of at least one of the two. */
export function taleLines(red: Particulars, blue: Particulars): readonly TaleLine[] {
  return LINES.flatMap((name) => {
    const line = { label: board.particulars[name], red: said(name, red[name]), blue: said(name, blue[name]) };
    return line.red === null && line.blue === null ? [] : [line];
  });
}

function said(name: (typeof LINES)[number], value: string | number | null): string | null {
  if (value === null || value === '') return null;
  if (name === 'stance' && typeof value === 'string') return board.stance[value] ?? value;
  if (typeof value === 'string') return value;
  if (name === 'height_cm' || name === 'reach_cm') return board.centimetres(value);
  return name === 'weight_kg' ? board.kilograms(value) : String(value);
}
