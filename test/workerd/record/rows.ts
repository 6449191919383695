import { evictDurableObject, runInDurableObject } from 'cloudflare:test';
import { boutStub, type TestBout } from '../bout/support.ts';

const TABLES = ['entry', 'snapshot', 'key_run', 'checkpoint', 'record', 'job', 'person'] as const;

export type Copy = ReadonlyMap<string, readonly Readonly<Record<string, SqlStorageValue>>[]>;

/** Everything that the object stores of a bout, as a backup would have it. */
export async function copyOf(bout: TestBout): Promise<Copy> {
  return await runInDurableObject(boutStub(bout.boutId), (_bout, { storage }) => {
    const copy = new Map<string, Record<string, SqlStorageValue>[]>();
    for (const table of TABLES) copy.set(table, storage.sql.exec(`SELECT * FROM ${table}`).toArray());
    return copy;
  });
}

/** Puts a bout's storage back to what it was, as a restoration would: the object starts anew with it. */
export async function restore(bout: TestBout, copy: Copy): Promise<void> {
  await runInDurableObject(boutStub(bout.boutId), async (_bout, { storage }) => {
    await storage.deleteAlarm();
    storage.transactionSync(() => {
      for (const [table, rows] of copy) {
        storage.sql.exec(`DELETE FROM ${table}`);
        for (const row of rows) {
          const marks = Object.keys(row).map(() => '?');
          const query = `INSERT INTO ${table} (${Object.keys(row).join(', ')}) VALUES (${marks.join(', ')})`;
          storage.sql.exec(query, ...Object.values(row));
        }
      }
    });
  });
  await evictDurableObject(boutStub(bout.boutId));
}
