import { AUDIENCES, inAudience, type Role } from '../../../domain/roles/index.ts';
import { literal } from '../../shared/wire/decode.ts';
import type { View } from '../../shared/wire/frames.ts';
import type { Asked } from '../asked.ts';
import type { ArchiveFacts } from '../wire/record.ts';

/** `partly`: sealed, and the whole record is not released to whoever looks. */
export type Sealing = 'unknown' | 'open' | 'partly' | 'sealed';

/** Whether a bout is sealed is no secret of its parts: the bout says it to everybody who may know of it. */
export function sealingOf(
  { value, failure }: Pick<Asked<ArchiveFacts>, 'value' | 'failure'>,
  isSealed: boolean,
): Sealing {
  if (value !== null) return 'sealed';
  if (failure?.kind === 'problem' && failure.status === 409) return 'open';
  if (!isSealed) return 'open';
  if (failure?.kind !== 'problem') return 'unknown';
  return failure.status === 401 || failure.status === 403 ? 'partly' : 'unknown';
}

/** What can be taken along: all of it, the scorecards, the moments. */
export type Takeable = { readonly whole: boolean; readonly scorecards: boolean; readonly moments: boolean };

const NOTHING: Takeable = { whole: false, scorecards: false, moments: false };

const audience = literal(...AUDIENCES);

/** Only what the server would hand out: a button that is refused is worse than none. */
export function takeable(
  sealing: Sealing,
  record: ArchiveFacts | null,
  release: View['bout']['release_policy'],
  role: Role | null,
): Takeable {
  // Every form is made from the files in the archive.
  if (sealing === 'sealed') {
    const isThere = record !== null && record.archived_ms !== null;
    return { whole: isThere, scorecards: isThere, moments: isThere };
  }
  if (sealing !== 'partly') return NOTHING;
  const sees = (part: string | undefined): boolean => {
    const released = audience(part);
    return released !== undefined && inAudience(role, released);
  };
  return { whole: false, scorecards: sees(release?.scorecards), moments: sees(release?.statistics) };
}
