/** One step of an object's schema. Once it has run anywhere it never changes: a later step corrects it. */
export type Migration = { readonly id: string; readonly sql: string };

/**
 * Brings an object's storage to the newest schema; called in the constructor, before anything reads.
 *
 * What has run is kept with its SQL, so that an edited or reordered step, and storage written by newer code, stop the
 * start (an Error is thrown) instead of being read wrongly. All steps run in one transaction: a crash here leaves the
 * storage as it was, and the next start begins again.
 */
export function migrate(storage: DurableObjectStorage, migrations: readonly Migration[]): void {
  storage.transactionSync(() => {
    const { sql } = storage;
    sql.exec(
      'CREATE TABLE IF NOT EXISTS migration (idx INTEGER PRIMARY KEY, id TEXT NOT NULL, sql TEXT NOT NULL) STRICT',
    );
    const done = sql.exec<{ id: string; sql: string }>('SELECT id, sql FROM migration ORDER BY idx').toArray();
    if (done.length > migrations.length) {
      throw new Error(`the storage has run ${done.length} migrations, this code knows ${migrations.length}`);
    }
    for (const [index, step] of migrations.entries()) {
      const before = done[index];
      if (before === undefined) {
        sql.exec(step.sql);
        sql.exec('INSERT INTO migration (idx, id, sql) VALUES (?, ?, ?)', index, step.id, step.sql);
      } else if (before.id !== step.id || before.sql !== step.sql) {
        throw new Error(`migration ${index} ran here as ${before.id} and is now ${step.id}, or its SQL was changed`);
      }
    }
  });
}
