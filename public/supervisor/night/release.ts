import { AUDIENCES } from '../../../domain/roles/index.ts';
import type { Release } from './wire.ts';

export const RELEASED = ['statistics', 'scorecards', 'recommendation'] as const;

export type Released = (typeof RELEASED)[number];

/** The parts that more people would see than now. */
export function opened(before: Release, after: Release): readonly Released[] {
  return RELEASED.filter((part) => AUDIENCES.indexOf(after[part]) > AUDIENCES.indexOf(before[part]));
}

export const MAX_DELAY_S = 600;

/** Seconds as typed; null where it is no delay that there can be. */
export function delayMsOf(typed: string): number | null {
  const text = typed.trim().replace(',', '.');
  if (!/^\d{1,3}(\.\d{1,3})?$/.test(text)) return null;
  const seconds = Number(text);
  return seconds <= MAX_DELAY_S ? Math.round(seconds * 1_000) : null;
}
