/** A fault to be planted: which text of which file gives way to which. */
export type Planted = {
  readonly name: string;
  readonly file: string;
  /** Each text stands in the file exactly once. */
  readonly edits: readonly { readonly text: string; readonly becomes: string }[];
  /** Part of the names of the test files that look for it. */
  readonly suite: string;
  /** The short form looks at a few places that the seed chooses; this one has to be met at its own. */
  readonly everywhere?: true;
  /** The test that has to notice, whatever others notice as well. */
  readonly caughtBy: string;
};

/** One fault of each kind that the harness is there for. */
export const PLANTED: readonly Planted[] = [
  {
    name: 'an acknowledgement before the commit',
    file: 'objects/bout/ledger/store.ts',
    edits: [
      {
        text: `  sql.exec('INSERT INTO entry (idx, leaf, hash) VALUES (?, ?, ?)', row.index, row.leaf, row.hash);`,
        becomes: `  setTimeout(() => sql.exec('INSERT INTO entry (idx, leaf, hash) VALUES (?, ?, ?)', row.index, row.leaf, row.hash), 40);`,
      },
    ],
    suite: 'storm',
    caughtBy: 'stands by every receipt that it gave, in the order in which it gave them',
  },
  {
    name: 'a duplicate accepted',
    file: 'objects/bout/actions/log.ts',
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
    suite: 'storm',
    caughtBy: 'has everything that was sent, once, and nothing else',
  },
  {
    name: 'a hidden entry shown',
    file: 'objects/bout/release/visibility.ts',
    edits: [
      {
        text: `view.role === 'judge' ? isOwnEntry(view, entry) : seesStatistics(view, state)`,
        becomes: `view.role === 'judge' ? entry.index % 50 === 0 || isOwnEntry(view, entry) : seesStatistics(view, state)`,
      },
    ],
    suite: 'storm',
    caughtBy: 'showed nobody what they may not see, left no gap and repeated nothing',
  },
  {
    name: 'a fold that throws after the insert',
    file: 'objects/bout/actions/logging.ts',
    edits: [
      {
        text: `  commit(pending);`,
        becomes: `  commit(pending);\n  if (pending.written.length > 6) throw new Error('planted');`,
      },
    ],
    suite: 'storm',
    caughtBy: 'answers with nothing but receipts and refusals that had to be',
  },
  {
    name: 'an entry stored that cannot be folded again',
    file: 'objects/bout/ledger/ledger.ts',
    edits: [
      {
        text: `  const entry = decoded.value;`,
        becomes: `  const entry = decoded.value;\n  if (entry.kind === 'void') throw new Error('planted');`,
      },
    ],
    suite: 'storm',
    caughtBy: 'answers with nothing but receipts and refusals that had to be',
  },
  {
    name: 'an archive that is put over what lies there',
    file: 'objects/bout/record/archive.ts',
    edits: [{ text: `    onlyIf: { etagDoesNotMatch: '*' },\n    sha256,\n`, becomes: `    sha256,\n` }],
    suite: 'record/meddling',
    caughtBy: 'finds that nothing is put over what lies in a record’s place, and that the server says so',
  },
  {
    name: 'a checkpoint signed over bytes that were not verified again',
    file: 'objects/bout/record/tree.ts',
    edits: [
      { text: `const good = verdict.valid ? hashes : [];`, becomes: `const good = hashes;` },
      {
        text: `return { verdict, stand:`,
        becomes: `return { verdict: { ...verdict, fault: null }, stand:`,
      },
    ],
    suite: 'record/meddling',
    caughtBy: 'gets no signature over a byte that was changed after it was stored',
  },
  {
    name: 'an archive’s checkpoint put before the entries',
    file: 'domain/archive/build.ts',
    edits: [
      {
        text: `  yield* bundlesOf(leavesOf(rows));`,
        becomes: `  yield { path: 'checkpoint', bytes: utf8Bytes(checkpoint) };\n  yield* bundlesOf(leavesOf(rows));`,
      },
      { text: `  yield { path: 'checkpoint', bytes: utf8Bytes(checkpoint) };\n}`, becomes: `}` },
    ],
    suite: 'record/outage',
    caughtBy: 'say that there is no record yet, where it is not in the archive',
  },
  {
    name: 'an archive marked as complete before its last file',
    file: 'objects/bout/record/archive.ts',
    edits: [
      {
        text: `    if (!(await putStaged(target, checkpoint))) return;`,
        becomes: `    sql.exec('UPDATE record SET archived_ms = 1');\n    if (!(await putStaged(target, checkpoint))) return;`,
      },
    ],
    suite: 'record/outage',
    caughtBy: 'say that there is no record yet, where it is not in the archive',
  },
  {
    name: 'a file of the archive forgotten after a crash',
    file: 'objects/bout/record/archive.ts',
    edits: [
      {
        text: `    if (!(await putFile(target, path, stagedBytes(sql, position), sha256))) return false;\n    notePut(sql, position);`,
        becomes: `    notePut(sql, position);\n    if (!(await putFile(target, path, stagedBytes(sql, position), sha256))) return false;`,
      },
    ],
    suite: 'record/kills',
    everywhere: true,
    caughtBy: 'completes each from whatever call it was killed at, to the same bytes',
  },
  {
    name: 'an index that takes an older line over a newer one',
    file: 'migrations/0003_search.sql',
    edits: [
      {
        text: `WHEN (NEW.entries, NEW.as_of_ms) < (OLD.entries, OLD.as_of_ms)`,
        becomes: `WHEN NEW.entries < 0`,
      },
    ],
    suite: 'record/queue',
    caughtBy: 'leave the newest line, in whatever order and however often they are carried out',
  },
  {
    name: 'a fork that goes on being written',
    file: 'objects/bout/record/fork.ts',
    edits: [{ text: `  ledger.fault ??= forkFault(index, detail);\n`, becomes: '' }],
    suite: 'record/copies',
    caughtBy: 'where it is a bout’s storage: writes nothing, says why, publishes nothing',
  },
  {
    name: 'a log that signs although it was set back',
    file: 'objects/platform/log/anchor.ts',
    edits: [{ text: `    if (!agrees.ok) return agrees;`, becomes: `` }],
    suite: 'record/copies',
    caughtBy: 'where it is the log’s storage: signs nothing more, says why, and goes on when the right one is back',
  },
];
