import type { BoutConfig } from '../bout/index.ts';
import { segmentOf } from '../key-segment.ts';
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
