import { type BoutFacts, boutFacts } from '../../../domain/analytics/index.ts';
import type { BoutState, ReleasePolicy } from '../../../domain/bout/index.ts';
import type { Entry } from '../../../domain/ledger/index.ts';
import { boutLine, type BoutLine, judgedBout, type JudgedBout } from '../../../domain/search/index.ts';
import type { BoutContext } from '../context.ts';
import { type IndexReceipt, receiptOf } from '../jobs/index-news.ts';
import { advanceLag } from '../sockets/lag.ts';
import { entryAt, type Ledger } from '../ledger/ledger.ts';
import { readNames } from '../people/names.ts';
import { readRecord } from '../record/store.ts';

/** Everything that the index holds of one bout, as of one moment. Instants are UTC ms. */
export type IndexedBout = {
  readonly boutId: string;
  /** The version: the length of the ledger, then the moment of this reading. */
  readonly entries: number;
  readonly asOfMs: number;
  readonly line: BoutLine;
  readonly release: ReleasePolicy;
  /** Null until the result is official. */
  readonly judged: JudgedBout | null;
  /** Null until the bout is sealed. */
  readonly facts: BoutFacts | null;
  /** Null where nobody knows: the record is not the object's own. */
  readonly archived: boolean | null;
};

/** `receipt` goes back to the object once the index has the bout. */
export type Indexed =
  | { readonly kind: 'bout'; readonly bout: IndexedBout; readonly receipt: IndexReceipt }
  | { readonly kind: 'none' }
  /** There is a ledger, but nothing of it can be read. */
  | { readonly kind: 'damaged'; readonly detail: string };

/**
 * The bout for the searchable index. The list is for everybody, so its line tells how the bout stood before its release
 * delay; judged rounds and facts are for those whom the delay does not hold back, or tell from when on they may be seen.
 */
export function readIndexed(context: BoutContext): Indexed {
  const { ledger } = context;
  if (ledger === null) return { kind: 'none' };
  const { state, fault } = ledger;
  if (state === null) return fault === null ? { kind: 'none' } : { kind: 'damaged', detail: fault.detail };
  const { config } = state;
  const { sql } = context.ctx.storage;
  const nowMs = Date.now();
  const shownMs = nowMs - config.delayMs;
  const shown = config.delayMs === 0 ? state : (advanceLag(context.fanOut.lag, ledger, shownMs) ?? state);
  const lookUp = (index: number): Entry | null => entryAt(ledger, index);
  return {
    kind: 'bout',
    receipt: receiptOf(sql, state.next),
    bout: {
      boutId: config.boutId,
      entries: state.next,
      asOfMs: nowMs,
      line: boutLine({ state, shown, shownMs, names: readNames(sql), lookUp }),
      release: config.release,
      judged: judgedBout(state, lookUp, nowMs),
      facts: state.sealed === null ? null : boutFacts(state, entriesOf(ledger, state)),
      archived: readRecord(sql).archivedMs !== null,
    },
  };
}

function* entriesOf(ledger: Ledger, state: BoutState): Generator<Entry> {
  for (let index = 0; index < state.next; index += 1) {
    const entry = entryAt(ledger, index);
    if (entry !== null) yield entry;
  }
}
