import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ed25519, followRotations, formatVerifierKey, parseVerifierKey } from '../../domain/log/index.ts';
import { verifierKeyOf } from '../log-key.ts';

/** Which log the data of a folder belongs to: its verifier key. */
const MARK = 'log.vkey';

/**
 * Sees to it that a folder's records go on being signed by its own log: a `LOG_KEY` that was left out or mistaken would
 * sign what nobody who holds the right key believes, and an archive is never written twice. Writes down the key of a
 * folder that has none yet, and a new one where rotations lead to it. A crash before that leaves the old one, from which
 * they still lead.
 * @param rotations the text of `LOG_ROTATIONS`
 * @throws Error with one line that says what to do
 */
export async function keepToLog(dataDir: string, logKey: string, rotations: string | null): Promise<void> {
  const file = join(dataDir, MARK);
  const now = verifierKeyOf(logKey);
  const before = existsSync(file) ? readFileSync(file, 'utf8').trim() : null;
  if (before === now) return;
  if (before !== null && !(await leadsTo(before, now, rotations))) {
    throw new Error(
      `The records in ${dataDir} are signed with ${before}, and LOG_KEY is ${now}: give the right LOG_KEY, or rotate it with npm run rotate-log-key.`,
    );
  }
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(file, `${now}\n`);
}

async function leadsTo(before: string, now: string, rotations: string | null): Promise<boolean> {
  const start = parseVerifierKey(before);
  const notes = notesIn(rotations);
  if (!start.ok || notes === null) return false;
  const keys = await followRotations(start.value, notes, ed25519(crypto.subtle).verify);
  return keys.ok && keys.value.some((key) => formatVerifierKey(key) === now);
}

function notesIn(text: string | null): readonly string[] | null {
  if (text === null || text.trim() === '') return [];
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.every((note) => typeof note === 'string') ? value : null;
  } catch {
    return null;
  }
}
