import type { D1Database } from '@cloudflare/workers-types';

export type Migration = {
  /** The file's name. */
  readonly name: string;
  readonly statements: readonly string[];
};

const CREATE_TABLE = `CREATE TABLE IF NOT EXISTS d1_migrations(
  id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL)`;

/**
 * Applies what `wrangler d1 migrations apply` would, and records it in the same table.
 * A file and its record are one transaction: a crash leaves both or neither.
 */
export async function migrate(database: D1Database, migrations: readonly Migration[]): Promise<void> {
  await database.prepare(CREATE_TABLE).run();
  const { results } = await database.prepare('SELECT name FROM d1_migrations').all<{ name: string }>();
  const applied = new Set(results.map((row) => row.name));
  for (const { name, statements } of migrations.filter((migration) => !applied.has(migration.name))) {
    const record = database.prepare('INSERT INTO d1_migrations(name) VALUES (?)').bind(name);
    await database.batch([...statements.map((sql) => database.prepare(sql)), record]);
  }
}
