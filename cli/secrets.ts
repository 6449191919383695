import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseEnv } from 'node:util';

export type Secrets = {
  readonly adminSecret: string;
  /** JSON text of an Ed25519 private JWK with a `kid`. */
  readonly tokenKey: string;
  /** JSON text of an Ed25519 private JWK with the log's `name`. */
  readonly logKey: string;
  /** JSON array of the notes that lead to it; null where it is the first. */
  readonly logRotations: string | null;
};

export type LocalVars = Secrets & {
  /** Everything else that `.dev.vars` holds: settings that a deployment would keep as secrets. */
  readonly others: Readonly<Record<string, string>>;
};

const SECRET_NAMES: readonly string[] = ['ADMIN_SECRET', 'TOKEN_KEY', 'LOG_KEY', 'LOG_ROTATIONS'];

/** Where the key of checkpoints is kept in a data folder, and the notes that lead to it. */
export const LOG_KEY_FILE = 'log-key.json';
export const LOG_ROTATIONS_FILE = 'log-rotations.json';

/** The log of a server that nobody has named. Whoever checks its records is given its key, which names it. */
const LOCAL_LOG = 'fightjudge.local';

export type SecretPlaces = {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Folder of `.dev.vars`. */
  readonly projectRoot: string;
  /** Folder of the data that tokens of this server speak about. */
  readonly dataDir: string;
};

/**
 * Finds the secrets, the environment first, then `.dev.vars`, and makes what is missing.
 *
 * A made secret is on disk before it is used, or a restart would void every token, and leave checkpoints that nobody
 * can go on from. It goes to `.dev.vars`; only keys beside an `ADMIN_SECRET` from the environment go to the data
 * folder, because whoever passes secrets by the environment may have a read-only project.
 * @throws Error when a given `TOKEN_KEY` or `LOG_KEY` is not an Ed25519 private key
 */
export function loadSecrets(places: SecretPlaces): LocalVars {
  const file = varsFile(places);
  const stored = readVars(file);
  const logRotations = findRotations(places, stored);
  const others = Object.fromEntries(
    Object.entries(stored).flatMap(([name, value]) =>
      value === undefined || SECRET_NAMES.includes(name) ? [] : [[name, value]],
    ),
  );
  const fromEnv = given(places.env['ADMIN_SECRET']);
  if (fromEnv !== undefined) {
    const kept = (name: 'TOKEN_KEY' | 'LOG_KEY', file: string, make: () => string): string =>
      given(places.env[name]) ?? keptKey(join(places.dataDir, file), stored[name], make);
    return {
      adminSecret: fromEnv,
      tokenKey: checkKey('TOKEN_KEY', 'kid', kept('TOKEN_KEY', 'token-key.json', generateTokenKey)),
      logKey: checkKey('LOG_KEY', 'name', kept('LOG_KEY', LOG_KEY_FILE, generateLogKey)),
      logRotations,
      others,
    };
  }
  const made: [string, string][] = [];
  const make = (name: string, value: string): string => {
    made.push([name, value]);
    return value;
  };
  const adminSecret = given(stored['ADMIN_SECRET']) ?? make('ADMIN_SECRET', generateAdminSecret());
  const tokenKey =
    given(places.env['TOKEN_KEY']) ?? given(stored['TOKEN_KEY']) ?? make('TOKEN_KEY', generateTokenKey());
  const logKey = given(places.env['LOG_KEY']) ?? given(stored['LOG_KEY']) ?? make('LOG_KEY', generateLogKey());
  const secrets = {
    adminSecret,
    tokenKey: checkKey('TOKEN_KEY', 'kid', tokenKey),
    logKey: checkKey('LOG_KEY', 'name', logKey),
    logRotations,
    others,
  };
  if (made.length > 0) appendVars(file, made);
  return secrets;
}

/** A new Ed25519 key for signing tokens, as the JSON text that `TOKEN_KEY` takes. */
export function generateTokenKey(): string {
  const { privateKey } = generateKeyPairSync('ed25519');
  return JSON.stringify({ ...privateKey.export({ format: 'jwk' }), kid: randomUUID(), alg: 'EdDSA', use: 'sig' });
}

/**
 * A new Ed25519 key for signing checkpoints, as the JSON text that `LOG_KEY` takes.
 * @param name stands in every checkpoint, so it should be this deployment's alone: its address without the scheme
 */
export function generateLogKey(name = LOCAL_LOG): string {
  const { privateKey } = generateKeyPairSync('ed25519');
  return JSON.stringify({ ...privateKey.export({ format: 'jwk' }), name });
}

/** All secrets, new, as the JSON that `wrangler deploy --secrets-file` takes. */
export function generateSecrets(logName?: string): string {
  const secrets = {
    ADMIN_SECRET: generateAdminSecret(),
    TOKEN_KEY: generateTokenKey(),
    LOG_KEY: generateLogKey(logName),
  };
  return JSON.stringify(secrets, null, 2);
}

function generateAdminSecret(): string {
  return randomBytes(32).toString('base64url');
}

export function varsFile({ projectRoot }: Pick<SecretPlaces, 'projectRoot'>): string {
  return join(projectRoot, '.dev.vars');
}

export function readVars(file: string): Readonly<Record<string, string | undefined>> {
  return existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
}

function findRotations(places: SecretPlaces, stored: Readonly<Record<string, string | undefined>>): string | null {
  const file = join(places.dataDir, LOG_ROTATIONS_FILE);
  const kept = given(places.env['ADMIN_SECRET']) !== undefined && existsSync(file) ? readFileSync(file, 'utf8') : '';
  return given(places.env['LOG_ROTATIONS']) ?? given(kept.trim()) ?? given(stored['LOG_ROTATIONS']) ?? null;
}

export function given(value: string | undefined): string | undefined {
  return value === undefined || value.trim() === '' ? undefined : value;
}

function keptKey(file: string, stored: string | undefined, make: () => string): string {
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  const fromVars = given(stored);
  if (fromVars !== undefined) return fromVars;
  const key = make();
  writePrivate(file, `${key}\n`);
  return key;
}

/** @param label the member by which the key is known */
function checkKey(variable: string, label: string, text: string): string {
  const problem = `${variable} has to be the JSON of an Ed25519 private key (JWK) with a "${label}".`;
  let key: unknown;
  try {
    key = JSON.parse(text);
  } catch {
    throw new Error(problem);
  }
  const members = new Map<string, unknown>(typeof key === 'object' && key !== null ? Object.entries(key) : []);
  const isKey = members.get('crv') === 'Ed25519' && ['d', 'x', label].every((name) => isText(members.get(name)));
  if (!isKey) throw new Error(problem);
  return text;
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

function appendVars(file: string, vars: readonly [string, string][]): void {
  const before = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const gap = before === '' || before.endsWith('\n') ? '' : '\n';
  // Single quotes: the key is JSON, full of double ones, and base64url has no single ones.
  const lines = vars.map(([name, value]) => `${name}='${value}'\n`).join('');
  writePrivate(file, `${before}${gap}${lines}`);
}

/** Written beside and moved into place, so that a crash leaves the old file or the new, never half of one. */
export function writePrivate(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  const beside = `${file}.${process.pid}.tmp`;
  writeFileSync(beside, text, { mode: 0o600 });
  chmodSync(beside, 0o600);
  renameSync(beside, file);
}

/** The variables of the worker that hold the secrets. */
export function secretVars({ adminSecret, tokenKey, logKey, logRotations }: Secrets): Record<string, string> {
  const rotations = logRotations === null ? {} : { LOG_ROTATIONS: logRotations };
  return { ADMIN_SECRET: adminSecret, TOKEN_KEY: tokenKey, LOG_KEY: logKey, ...rotations };
}

if (process.argv[1] === import.meta.filename) process.stdout.write(`${generateSecrets(process.argv[2])}\n`);
