import { cpSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Stage } from './stage.ts';

/** A part of the data folder that somebody may put back to an earlier day while the others stay. */
export type Part = 'do/fightjudge-Bout' | 'do/fightjudge-Platform' | 'r2';

/** Does something to the data of a server that does not run meanwhile. */
export async function whileDown(stage: Stage, work: (data: Data) => void): Promise<void> {
  const { server } = stage;
  await server.kill9();
  work({
    keep: (part, name) => copy(placeOf(stage, part), keptAt(stage, part, name)),
    putBack: (part, name) => copy(keptAt(stage, part, name), placeOf(stage, part)),
    meddle: (change) => meddle(placeOf(stage, 'do/fightjudge-Bout'), change),
  });
  await server.restart();
}

export type Data = {
  /** Keeps a copy of a part as it is now. */
  readonly keep: (part: Part, name: string) => void;
  /** Puts a copy in the part's place. */
  readonly putBack: (part: Part, name: string) => void;
  /** What somebody does who can write to the disk, to each bout's storage. */
  readonly meddle: (change: (database: DatabaseSync, boutId: string) => void) => void;
};

function meddle(folder: string, change: (database: DatabaseSync, boutId: string) => void): void {
  for (const name of readdirSync(folder)) {
    if (!/^[0-9a-f]{64}\.sqlite$/.test(name)) continue;
    const database = new DatabaseSync(join(folder, name));
    const boutId = boutIdIn(database);
    if (boutId !== null) change(database, boutId);
    database.close();
  }
}

/** As the first entry of its ledger has it. */
function boutIdIn(database: DatabaseSync): string | null {
  if (database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'entry'").get() === undefined) return null;
  const { leaf } = database.prepare('SELECT leaf FROM entry WHERE idx = 0').get() ?? {};
  const { payload }: { payload?: { bout_id?: string } } = JSON.parse(String(leaf ?? '{}'));
  return payload?.bout_id ?? null;
}

function placeOf({ server }: Stage, part: Part): string {
  return join(server.dataDir, part);
}

function keptAt({ server }: Stage, part: Part, name: string): string {
  return join(server.dataDir, '..', 'copies', name, part);
}

function copy(from: string, to: string): void {
  rmSync(to, { recursive: true, force: true });
  cpSync(from, to, { recursive: true });
}
