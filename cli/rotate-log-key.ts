import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs, parseEnv } from 'node:util';
import { parseServeFlags } from './flags.ts';
import { nextLogKey } from './log-rotation.ts';
import { PROJECT_ROOT, readFlags, runMain } from './project.ts';
import {
  generateLogKey,
  given,
  LOG_KEY_FILE,
  LOG_ROTATIONS_FILE,
  readVars,
  varsFile,
  writePrivate,
} from './secrets.ts';
import type { SecretPlaces } from './secrets.ts';

/** Where a server started with the same places finds its key: the order of `loadSecrets`. */
type Place = 'environment' | 'data folder' | '.dev.vars';

type Found = { readonly place: Place; readonly logKey: string; readonly rotations: string | null };

/** What a rotation writes. */
export type RotationPlan = {
  readonly place: Place;
  /** The verifier key of now. */
  readonly from: string;
  /** Holds the key before, which is nowhere else any more; null where it is in the environment. */
  readonly oldFile: string | null;
  /** Where the new key and its notes are put. */
  readonly newFiles: readonly string[];
};

export type Rotated = RotationPlan & {
  /** The verifier key from now on. */
  readonly to: string;
};

type Next = Rotated & {
  readonly oldKey: string;
  readonly changed: Readonly<Record<'LOG_KEY' | 'LOG_ROTATIONS', string>>;
};

/**
 * What `rotateLogKey` would write, and nothing written.
 * @throws Error where that would throw
 */
export async function planRotation(places: SecretPlaces): Promise<RotationPlan> {
  const { place, from, oldFile, newFiles } = await prepare(places);
  return { place, from, oldFile, newFiles };
}

/**
 * Makes the next key of the log and the note that leads to it, and puts both where the present key was found.
 *
 * The old key is put aside first, and the new is in its place last: a crash in between leaves the old key in use, with at
 * worst a note to a key that nobody has. What stands in the environment is nobody's to change from here: then the new
 * key is left in a file, for whoever sets the environment.
 * @throws Error where there is no key, or one that is none
 */
export async function rotateLogKey(places: SecretPlaces): Promise<Rotated> {
  const { oldKey, changed, ...rotated } = await prepare(places);
  const { place, oldFile, newFiles } = rotated;
  if (oldFile !== null) writePrivate(oldFile, `${oldKey}\n`);
  const [first = '', last = ''] = newFiles;
  if (place === 'environment') writePrivate(first, `${JSON.stringify(changed, null, 2)}\n`);
  else if (place === '.dev.vars') writePrivate(first, replaceVars(readFileSync(first, 'utf8'), changed));
  else {
    writePrivate(first, `${changed.LOG_ROTATIONS}\n`);
    writePrivate(last, `${changed.LOG_KEY}\n`);
  }
  return rotated;
}

async function prepare(places: SecretPlaces): Promise<Next> {
  const found = findKey(places);
  if (found === null) throw new Error('There is no LOG_KEY yet: the first start of the server makes one.');
  if (found.place !== 'environment' && given(places.env['LOG_ROTATIONS']) !== undefined) {
    throw new Error(
      'LOG_ROTATIONS stands in the environment, where it would hide the new note, and LOG_KEY does not: nothing was changed.',
    );
  }
  const next = await nextLogKey(found, generateLogKey);
  const changed = { LOG_KEY: next.logKey, LOG_ROTATIONS: next.rotations };
  const { from, to } = next;
  const { place, logKey: oldKey } = found;
  if (place === 'environment') {
    const file = join(places.dataDir, 'log-key-next.json');
    if (existsSync(file)) throw new Error(`${file} holds a next key already: set it, or delete the file.`);
    return { place, from, to, oldKey, changed, oldFile: null, newFiles: [file] };
  }
  const oldFile = join(places.dataDir, 'log-keys-before', `${from.split('+')[1] ?? ''}.json`);
  const newFiles =
    place === '.dev.vars'
      ? [varsFile(places)]
      : [LOG_ROTATIONS_FILE, LOG_KEY_FILE].map((file) => join(places.dataDir, file));
  // What cannot be changed there is found before anything is written.
  if (place === '.dev.vars') replaceVars(readFileSync(varsFile(places), 'utf8'), changed);
  return { place, from, to, oldKey, changed, oldFile, newFiles };
}

function findKey({ env, projectRoot, dataDir }: SecretPlaces): Found | null {
  const stored = readVars(varsFile({ projectRoot }));
  const inEnv = given(env['LOG_KEY']);
  const rotations = given(env['LOG_ROTATIONS']) ?? null;
  if (inEnv !== undefined) return { place: 'environment', logKey: inEnv, rotations };
  const keyFile = join(dataDir, LOG_KEY_FILE);
  if (given(env['ADMIN_SECRET']) !== undefined && existsSync(keyFile)) {
    const file = join(dataDir, LOG_ROTATIONS_FILE);
    const kept = existsSync(file) ? given(readFileSync(file, 'utf8').trim()) : undefined;
    return { place: 'data folder', logKey: readFileSync(keyFile, 'utf8').trim(), rotations: rotations ?? kept ?? null };
  }
  const inVars = given(stored['LOG_KEY']);
  if (inVars === undefined) return null;
  return { place: '.dev.vars', logKey: inVars, rotations: rotations ?? given(stored['LOG_ROTATIONS']) ?? null };
}

/**
 * The text of a `.dev.vars` with these variables in place of what they were, and everything else as it stands.
 * @throws Error where that cannot be done without changing something else
 */
export function replaceVars(text: string, changed: Readonly<Record<string, string>>): string {
  const names = Object.keys(changed);
  const isOld = (line: string): boolean =>
    names.some(
      (name) =>
        line
          .trimStart()
          .replace(/^export\s+/, '')
          .split('=', 1)[0]
          ?.trim() === name,
    );
  const kept = text.split('\n').filter((line) => !isOld(line));
  const lines = Object.entries(changed).map(([name, value]) => `${name}='${value}'`);
  const next = `${[kept.join('\n').trimEnd(), ...lines].filter((part) => part !== '').join('\n')}\n`;
  const expected = { ...parseEnv(text), ...changed };
  const read = parseEnv(next);
  const differs = [...new Set([...Object.keys(expected), ...Object.keys(read)])].find(
    (name) => expected[name] !== read[name],
  );
  if (differs === undefined) return next;
  throw new Error(`.dev.vars cannot be changed without ${differs} becoming something else; nothing was written.`);
}

function report({ place, from, to, oldFile, newFiles }: Rotated): string {
  const then =
    place === 'environment'
      ? `The key in use came from the environment, which stays as it is. Now, with that file:
  on Cloudflare:  npx wrangler secret bulk ${newFiles.join(' ')}
  elsewhere:      set LOG_KEY and LOG_ROTATIONS to what it holds, and start the server again.
Then keep it where the deployment's other secrets are kept, and delete it here.`
      : `Start the server again. The key before is in ${oldFile ?? ''}:
delete it once /api/log/checkpoint is signed with the new one.`;
  return `The log's key
  was ${from}
  is  ${to}
The new key, and the notes that lead to it, are in ${newFiles.join(' and ')}.
${then}
Give the new verifier key to everybody who has the old one. Whoever follows the rotation notes gets there alone,
but if the old key was stolen, so does the thief's note: then the new key has to come from you.
Keep the old verifier key too: copies of older records are checked with it.
`;
}

function planText({ place, from, oldFile, newFiles }: RotationPlan): string {
  const put =
    place === 'environment'
      ? 'The key is in the environment, which stays as it is; the new key would be left, for you to set, in'
      : `The key is in ${place === '.dev.vars' ? place : 'the data folder'}. It would be kept aside in ${oldFile ?? ''}, and the new key put in`;
  const shared =
    place === '.dev.vars'
      ? '.dev.vars belongs to the checkout: every data folder that is served from it gets the new key.\n'
      : '';
  return `The log's key is ${from}.
${put} ${newFiles.join(' and ')}.
${shared}A server that is running signs with the old key until it is started again.
Nothing was done: --yes does it.
`;
}

const USAGE = `usage: npm run rotate-log-key -- [flags]
Makes the next key that the log's checkpoints are signed with, and the note by which the old key announces it.
Without --yes it says what it would do, and does nothing.
  --yes               do it
  --persist-to DIR    the server's data folder (default .fightjudge/data)
  --help              show this
It writes
  log-keys-before/KEY_ID.json   in the data folder: the old key, until you delete it
and the new key with its notes where a server started with the same environment and folder finds the old one:
  .dev.vars                     LOG_KEY and LOG_ROTATIONS in it. It belongs to the checkout, so the key changes for every
                                data folder that is served from this checkout
  log-rotations.json, log-key.json   in the data folder, where ADMIN_SECRET comes from the environment
  log-key-next.json             in the data folder, where LOG_KEY comes from the environment, which stays as it is
A server that is running signs with the old key until it is started again.
It ends with 0 when done or shown, with 2 for wrong use, and with 1 for whatever else fails.
`;

type Flags = { readonly yes: boolean; readonly dataDir: string };

/** Null stands for `--help`. @throws Error naming the flag that is wrong */
function parseFlags(args: readonly string[]): Flags | null {
  const { values } = parseArgs({
    args: [...args],
    options: { yes: { type: 'boolean' }, 'persist-to': { type: 'string' }, help: { type: 'boolean' } },
  });
  if (values.help === true) return null;
  const persistTo = values['persist-to'];
  const serve = parseServeFlags(persistTo === undefined ? [] : ['--persist-to', persistTo]);
  return serve === null ? null : { yes: values.yes === true, dataDir: serve.persistTo };
}

async function main(): Promise<void> {
  const flags = readFlags(() => parseFlags(process.argv.slice(2)), USAGE);
  if (flags === null) {
    process.stdout.write(USAGE);
    return;
  }
  const places = { env: process.env, projectRoot: PROJECT_ROOT, dataDir: flags.dataDir };
  process.stdout.write(flags.yes ? report(await rotateLogKey(places)) : planText(await planRotation(places)));
}

if (process.argv[1] === import.meta.filename) await runMain(main);
