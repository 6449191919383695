/** A fault to be planted: which text of which file gives way to which. */
export type Planted = {
  readonly name: string;
  readonly file: string;
  /** Each text stands in the file exactly once. */
  readonly edits: readonly { readonly text: string; readonly becomes: string }[];
  /** The test that has to notice, whatever others notice as well. */
  readonly caughtBy: string;
};

/** One fault of each kind that the harness is there for. */
export const PLANTED: readonly Planted[] = [
  {
    name: 'an acknowledgement before the commit',
    file: 'objects/bout/store.ts',
    edits: [
      {
        text: `  sql.exec('INSERT INTO entry (idx, leaf, hash) VALUES (?, ?, ?)', row.index, row.leaf, row.hash);`,
        becomes: `  setTimeout(() => sql.exec('INSERT INTO entry (idx, leaf, hash) VALUES (?, ?, ?)', row.index, row.leaf, row.hash), 40);`,
      },
    ],
    caughtBy: 'stands by every receipt that it gave, in the order in which it gave them',
  },
  {
    name: 'a duplicate accepted',
    file: 'objects/bout/log.ts',
    edits: [
      {
        text: `const known = input.eventId === null ? null : findByEventId(pending, input.eventId);`,
        becomes: `const known = input.eventId === null || arrival === 'batch' ? null : findByEventId(pending, input.eventId);`,
      },
      {
        text: `const twin = findByEventHash(pending, hash);`,
        becomes: `const twin = arrival === 'batch' ? null : findByEventHash(pending, hash);`,
      },
    ],
    caughtBy: 'has everything that was sent, once, and nothing else',
  },
  {
    name: 'a hidden entry shown',
    file: 'objects/bout/visibility.ts',
    edits: [
      {
        text: `view.role === 'judge' ? isOwnEntry(view, entry) : seesStatistics(view, state)`,
        becomes: `view.role === 'judge' ? entry.index % 50 === 0 || isOwnEntry(view, entry) : seesStatistics(view, state)`,
      },
    ],
    caughtBy: 'showed nobody what they may not see, left no gap and repeated nothing',
  },
  {
    name: 'a fold that throws after the insert',
    file: 'objects/bout/logging.ts',
    edits: [
      {
        text: `  commit(pending);`,
        becomes: `  commit(pending);\n  if (pending.written.length > 6) throw new Error('planted');`,
      },
    ],
    caughtBy: 'answers with nothing but receipts and refusals that had to be',
  },
  {
    name: 'an entry stored that cannot be folded again',
    file: 'objects/bout/ledger.ts',
    edits: [
      {
        text: `  const entry = decoded.value;`,
        becomes: `  const entry = decoded.value;\n  if (entry.kind === 'void') throw new Error('planted');`,
      },
    ],
    caughtBy: 'answers with nothing but receipts and refusals that had to be',
  },
];
