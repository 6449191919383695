import { utf8Bytes } from '../domain/ledger/index.ts';
import {
  bytesOfBase64,
  type Checkpoint,
  ed25519,
  formatCheckpoint,
  isKeyName,
  parseVerifierKey,
  signNote,
  type SignText,
  type VerifierKey,
  verifierKey,
} from '../domain/log/index.ts';
import { ok, type Outcome, refuse } from '../domain/refusal.ts';

/** What the log's key comes from. Part of the Worker's environment. */
export type LogKeySettings = { readonly LOG_KEY?: string; readonly LOG_ROTATIONS?: string };

/** The key that signs every checkpoint of this deployment, each under an origin of its own. */
export type LogKey = {
  /** What every origin begins with. */
  readonly name: string;
  /** The public half under `name`: what a verifier is given. */
  readonly deployment: VerifierKey;
  /** Keys that signed before this one, under the same name, the latest first. */
  readonly previous: readonly VerifierKey[];
  /** The notes by which a verifier gets from an earlier key to this one, the earliest first. */
  readonly rotations: readonly string[];
  readonly sign: SignText;
};

let held: { readonly settings: LogKeySettings; readonly outcome: Outcome<LogKey> } | null = null;

/**
 * The deployment's log key; the same value for as long as the settings are. Refuses with `unavailable` where LOG_KEY or
 * LOG_ROTATIONS is missing or not what it has to be: the console says which, the caller only that nothing can be signed.
 */
export function readLogKey({ LOG_KEY, LOG_ROTATIONS }: LogKeySettings): Outcome<LogKey> {
  if (held !== null && held.settings.LOG_KEY === LOG_KEY && held.settings.LOG_ROTATIONS === LOG_ROTATIONS) {
    return held.outcome;
  }
  const read = readKey(LOG_KEY, LOG_ROTATIONS);
  // Once per isolate, not once per checkpoint.
  if (typeof read === 'string') console.error(JSON.stringify({ at: 'log-key', problem: read }));
  const outcome = typeof read === 'string' ? refuse('unavailable', `Nothing can be signed: ${read}.`) : ok(read);
  const settings = {
    ...(LOG_KEY === undefined ? {} : { LOG_KEY }),
    ...(LOG_ROTATIONS === undefined ? {} : { LOG_ROTATIONS }),
  };
  held = { settings, outcome };
  return outcome;
}

/** The origin of a bout's checkpoints. */
export function boutOrigin({ name }: Pick<LogKey, 'name'>, boutId: string): string {
  return `${name}/bout/${boutId}`;
}

/** The origin of the log of checkpoints. */
export function logOrigin({ name }: Pick<LogKey, 'name'>): string {
  return `${name}/log`;
}

/** The origin of the checkpoints of the deployment's own ledger. */
export function ledgerOrigin({ name }: Pick<LogKey, 'name'>): string {
  return `${name}/ledger`;
}

/** A checkpoint as a signed note, one line of signature: the bytes that become a leaf of the log of checkpoints. */
export async function signCheckpoint(key: LogKey, checkpoint: Checkpoint): Promise<string> {
  const signer = { name: checkpoint.origin, publicKey: key.deployment.publicKey };
  return await signNote(formatCheckpoint(checkpoint), signer, key.sign);
}

function readKey(keyText: string | undefined, rotationsText: string | undefined): LogKey | string {
  if (keyText === undefined || keyText.trim() === '') return 'LOG_KEY is not set';
  const jwk = membersOf(keyText);
  const [name, x, d] = ['name', 'x', 'd'].map((member) => jwk?.get(member));
  if (jwk?.get('kty') !== 'OKP' || jwk.get('crv') !== 'Ed25519' || typeof x !== 'string' || typeof d !== 'string') {
    return 'LOG_KEY is not the JSON of an Ed25519 private key (JWK)';
  }
  if (typeof name !== 'string' || !isKeyName(name)) return 'the name in LOG_KEY cannot name a key';
  const publicKey = bytesOfBase64(standardBase64(x));
  if (publicKey?.length !== 32) return 'the x of LOG_KEY is not a public key of 32 bytes';
  const rotations = textsOf(rotationsText);
  if (rotations === null) return 'LOG_ROTATIONS is not a JSON array of texts';
  const deployment = verifierKey(name, publicKey);
  // By their texts: a key may have come back, and two of the same id in one list open nothing.
  const previous = new Map<string, VerifierKey>();
  for (const note of rotations.toReversed()) {
    const text = note.split('\n')[1] ?? '';
    const old = parseVerifierKey(text);
    if (!old.ok || old.value.name !== name) return 'LOG_ROTATIONS holds a text that is no rotation note of this name';
    if (old.value.id !== deployment.id) previous.set(text, old.value);
  }
  return { name, deployment, previous: [...previous.values()], rotations, sign: signerOf({ x, d }, publicKey) };
}

function signerOf(halves: Halves, publicKey: Uint8Array): SignText {
  // The key and not a promise of it: requests must not wait for each other's promises.
  let imported: SignText | null = null;
  return async (message) => {
    imported ??= await importSigner(halves, publicKey);
    return await imported(message);
  };
}

type Halves = { readonly x: string; readonly d: string };

/** Throws where the two are not halves of one key: nobody could verify what it signs, and no checkpoint can be taken back. */
async function importSigner({ x, d }: Halves, publicKey: Uint8Array): Promise<SignText> {
  const jwk = { kty: 'OKP', crv: 'Ed25519', x, d };
  const { signer, verify } = ed25519(crypto.subtle);
  const sign = signer(await crypto.subtle.importKey('jwk', jwk, { name: 'Ed25519' }, false, ['sign']));
  const probe = utf8Bytes('probe');
  if (!(await verify(publicKey, probe, await sign(probe)))) {
    throw new Error('the x of LOG_KEY is not the public half of its d');
  }
  return sign;
}

function membersOf(text: string): ReadonlyMap<string, unknown> | null {
  const value = parsed(text);
  return typeof value === 'object' && value !== null ? new Map(Object.entries(value)) : null;
}

function textsOf(text: string | undefined): readonly string[] | null {
  if (text === undefined || text.trim() === '') return [];
  const value = parsed(text);
  return Array.isArray(value) && value.every((one) => typeof one === 'string') ? value : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function standardBase64(url: string): string {
  const text = url.replaceAll('-', '+').replaceAll('_', '/');
  return text.padEnd(Math.ceil(text.length / 4) * 4, '=');
}
