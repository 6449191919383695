import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROJECT_ROOT } from '../../../cli/project.ts';
import { newFindings } from '../../../domain/archive/verify/report.ts';
import { readTree } from '../../../domain/archive/verify/tree.ts';
import { findSurplus } from '../../../domain/archive/verify/surplus.ts';
import { parseCheckpoint, parseNote, tilePath } from '../../../domain/log/index.ts';

const LOG = join(PROJECT_ROOT, '..', 'shared', 'vectors', 'tlog-tiles-tessera', 'testdata', 'log');
const isThere = existsSync(LOG);
const leftOut = isThere ? '' : ' (left out: the log that another program made is not at hand)';
const SIZE = 15;

function stored(path: string): Uint8Array | null {
  const file = join(LOG, path);
  return existsSync(file) ? new Uint8Array(readFileSync(file)) : null;
}

function checkpointAt(size: number) {
  const note = parseNote(readFileSync(join(LOG, `checkpoint.${size}`), 'utf8'));
  const checkpoint = note.ok ? parseCheckpoint(note.value.text) : note;
  if (!checkpoint.ok) throw new Error(checkpoint.detail);
  return checkpoint.value;
}

describe(`a log that tessera made${leftOut}`, () => {
  it.skipIf(!isThere)('is whole at every size', async () => {
    for (let size = 1; size <= SIZE; size += 1) {
      const findings = newFindings();
      const tree = await readTree(
        async (path) => stored(path),
        checkpointAt(size),
        findings,
        () => undefined,
      );
      expect(findings.list).toEqual([]);
      expect(tree.leaves.filter((leaf) => leaf !== null)).toHaveLength(size);
      const earlier = Array.from({ length: size }, (_, at) => [
        tilePath(0, 0, at + 1),
        tilePath('entries', 0, at + 1),
      ]).flat();
      await findSurplus(async (path) => stored(path), earlier, tree, size, findings);
      expect(findings.list).toEqual([]);
    }
  });

  it.skipIf(!isThere)('with a changed byte is not, and the entry or hash is named', async () => {
    for (const level of ['entries', 0] as const) {
      const path = tilePath(level, 0, SIZE);
      const bytes = stored(path) ?? new Uint8Array();
      // The last byte belongs to the last entry.
      const changed = bytes.with(bytes.length - 1, (bytes.at(-1) ?? 0) ^ 0x80);
      const findings = newFindings();
      await readTree(
        async (asked) => (asked === path ? changed : stored(asked)),
        checkpointAt(SIZE),
        findings,
        () => undefined,
      );
      expect(findings.list).toMatchObject([
        { code: level === 0 ? 'tile_changed' : 'leaf_changed', file: path, index: SIZE - 1 },
      ]);
    }
  });
});
