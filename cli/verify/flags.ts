import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Receipt } from '../../domain/archive/index.ts';
import { parseVerifierKey } from '../../domain/log/index.ts';
import { type HeldFile, heldFile } from './receipts.ts';

export type VerifyFlags = {
  /** A folder, a zip, or an address. */
  readonly place: string;
  readonly key: string | null;
  readonly receipts: readonly Receipt[];
  /** Files of receipts, each for the record of its bout. */
  readonly held: readonly HeldFile[];
  readonly checkpoints: readonly string[];
  /** Notes by which the key was replaced, from elsewhere than the record. */
  readonly rotations: readonly string[];
  readonly witnesses: readonly string[];
  readonly token: string | null;
  readonly json: boolean;
  /** Absolute. */
  readonly saveTo: string | null;
};

export const VERIFY_USAGE = `usage: npm run --silent verify -- PATH|URL [options]     (or: npx fightjudge verify PATH|URL [options])

PATH is a bout's record: a folder, a zip, or a folder with several of them; nothing is fetched.
URL is https://HOST/api/archive/BOUT_ID of a server; its files are fetched.

  --key VKEY            the deployment's verifier key (name+8 hex digits+base64); without one nothing is proven
  --key-file FILE       the same from a file
  --receipt INDEX:HASH  an entry's index and hash as a device was told; may be repeated
  --receipts FILE       the receipts that a device has saved; may be repeated
  --checkpoint FILE     an earlier signed checkpoint of the bout; may be repeated
  --rotations FILE      notes by which the key was replaced, where the record does not bring them (GET /api/log/keys)
  --witness VKEY        a witness that must have cosigned the log of checkpoints; may be repeated
  --token TOKEN         for a URL; or in the environment as FIGHTJUDGE_TOKEN
  --save DIR            keep what is fetched
  --json                the whole report as JSON
  --help                show this

exit status: 0 proven, 1 broken, 2 wrong use or unreadable, 3 not proven, 4 incomplete (not sealed, or files missing)`;

/**
 * Reads the flags of `verify`; null stands for `--help`.
 * @throws Error that names what is wrong
 */
export function parseVerifyFlags(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): VerifyFlags | null {
  const { values, positionals } = parsedArgs(args);
  if (values.help === true) return null;
  const [place, more] = positionals;
  if (place === undefined) throw new Error('Say what to verify: a folder, a zip or an address (--help shows more).');
  if (more !== undefined) throw new Error(`One place at a time: ${JSON.stringify(more)} is one too many.`);
  if (values.key !== undefined && values['key-file'] !== undefined) throw new Error('Either --key or --key-file.');
  if (values.save !== undefined && !isAddress(place))
    throw new Error('--save keeps what is fetched: it needs an address.');
  const keyFile = values['key-file'];
  const key = values.key ?? (keyFile === undefined ? undefined : readText('--key-file', keyFile).trim());
  return {
    place,
    key: key === undefined ? null : checkKey(keyFile === undefined ? '--key' : '--key-file', key),
    receipts: (values.receipt ?? []).map(parseReceipt),
    held: (values.receipts ?? []).map((file) => heldFile(file, readText('--receipts', file))),
    checkpoints: (values.checkpoint ?? []).map((file) => readText('--checkpoint', file)),
    rotations: values.rotations === undefined ? [] : rotationsIn(readText('--rotations', values.rotations)),
    witnesses: (values.witness ?? []).map((witness) => checkKey('--witness', witness)),
    token: values.token ?? env['FIGHTJUDGE_TOKEN'] ?? null,
    json: values.json === true,
    saveTo: values.save === undefined ? null : resolve(values.save),
  };
}

function parsedArgs(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        key: { type: 'string' },
        'key-file': { type: 'string' },
        receipt: { type: 'string', multiple: true },
        receipts: { type: 'string', multiple: true },
        checkpoint: { type: 'string', multiple: true },
        rotations: { type: 'string' },
        witness: { type: 'string', multiple: true },
        token: { type: 'string' },
        save: { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new Error(faultOf(error), { cause: error });
  }
}

/** Node's words are several lines for some faults, and advise on what this command has no use for. */
function faultOf(error: unknown): string {
  const said = error instanceof Error ? error.message : String(error);
  const unknown = /^Unknown option '([^']+)'/.exec(said)?.[1];
  if (unknown !== undefined) return `There is no option ${unknown} (--help shows those that there are).`;
  const [first = ''] = said.split('\n', 1);
  return first.endsWith('.') ? first : `${first}.`;
}

/** A list of notes, or the answer of `GET /api/log/keys`, which has one. */
function rotationsIn(text: string): readonly string[] {
  const problem = '--rotations needs a JSON list of rotation notes, or what GET /api/log/keys answers.';
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error(problem);
  }
  const notes: unknown = typeof value === 'object' && value !== null && 'rotations' in value ? value.rotations : value;
  if (!Array.isArray(notes) || !notes.every((note) => typeof note === 'string')) throw new Error(problem);
  return notes;
}

export function isAddress(place: string): boolean {
  return /^https?:\/\//.test(place);
}

const KEY_FORM = 'A verifier key is one line: name+8 hex digits+base64.';

function checkKey(flag: string, text: string): string {
  const key = parseVerifierKey(text.trim());
  if (!key.ok) throw new Error(`${flag}: ${key.detail}. ${KEY_FORM}`);
  return text.trim();
}

function parseReceipt(text: string): Receipt {
  const match = /^(\d{1,15}):([0-9a-fA-F]{64})$/.exec(text);
  if (match === null)
    throw new Error(`--receipt needs INDEX:HASH with 64 hexadecimal digits, not ${JSON.stringify(text)}.`);
  return { index: Number(match[1]), hash: (match[2] ?? '').toLowerCase() };
}

function readText(flag: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Error(`${flag}: ${readFault(file, error)}`, { cause: error });
  }
}

function readFault(file: string, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'ENOENT' || code === 'ENOTDIR') return `there is no file ${file}.`;
  if (code === 'EISDIR') return `${file} is a folder, not a file.`;
  if (code === 'EACCES' || code === 'EPERM') return `${file} may not be read by you.`;
  return `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`;
}
