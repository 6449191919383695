import { FOLD_VERSION } from '../bout/index.ts';
import { MMA_MODEL, STRIKING_MODEL } from '../scoring/index.ts';

/** The version of what the archive's files hold, apart from each file's own `format`. */
export const ARCHIVE_VERSION = 1;

/**
 * What the derived files depend on besides the ledger: programs of the same versions write the same bytes. Where they
 * differ, a verifier says that it did not compare.
 */
export const VERSIONS = {
  archive: ARCHIVE_VERSION,
  fold: FOLD_VERSION,
  mma_model: MMA_MODEL.version,
  striking_model: STRIKING_MODEL,
} as const;
