import type { BoutConfig } from '../bout/index.ts';
import { utcYear } from './calendar.ts';

/**
 * Where a bout's archive lies in R2, with the slash at its end: `archive/fights/{year}/{promotion}/{event}/{bout_id}/`. The
 * year is that of the venue-local date, or where the bout has none, of its creation (`createdMs`, UTC epoch ms).
 */
export function archivePrefix(
  config: Pick<BoutConfig, 'boutId' | 'promotion' | 'event' | 'date'>,
  createdMs: number,
): string {
  const year = config.date?.slice(0, 4) ?? String(utcYear(createdMs));
  const segments = [year, config.promotion, config.event].map(segmentOf);
  return `archive/fights/${segments.join('/')}/${config.boutId}/`;
}

/** Only what every store, file system and address takes as it is. */
function segmentOf(text: string): string {
  const plain = text.replaceAll(/[^A-Za-z0-9_.-]/g, '-');
  if (plain === '') return '-';
  return plain === '.' || plain === '..' ? plain.replaceAll('.', '-') : plain;
}
