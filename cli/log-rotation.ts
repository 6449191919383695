import { ed25519, followRotations, formatVerifierKey, signRotation, verifierKey } from '../domain/log/index.ts';
import type { Signer } from '../domain/log/index.ts';

/** A `LOG_KEY` and the `LOG_ROTATIONS` that lead to it, as texts; null where it is the first. */
export type LogSecrets = { readonly logKey: string; readonly rotations: string | null };

export type NextLogKey = {
  readonly logKey: string;
  readonly rotations: string;
  /** Verifier keys. */
  readonly from: string;
  readonly to: string;
};

/**
 * A new key of the same name, and the notes that led to the old one with the one more that leads to the new.
 * @throws Error where the key or the notes are not what they have to be
 */
export async function nextLogKey(
  { logKey, rotations }: LogSecrets,
  generate: (name: string) => string,
): Promise<NextLogKey> {
  const { signer: from, name } = await signerOf(logKey);
  const before = readNotes(rotations);
  const checked = await followRotations(from.key, before, ed25519(crypto.subtle).verify);
  if (!checked.ok) throw new Error(`LOG_ROTATIONS does not check out: ${checked.detail}.`);
  const next = generate(name);
  const { signer: to } = await signerOf(next);
  const note = await signRotation(from, to);
  return {
    logKey: next,
    rotations: JSON.stringify([...before, note]),
    from: formatVerifierKey(from.key),
    to: formatVerifierKey(to.key),
  };
}

async function signerOf(logKey: string): Promise<{ readonly signer: Signer; readonly name: string }> {
  const problem = 'LOG_KEY has to be the JSON of an Ed25519 private key (JWK) with a "name".';
  const jwk = membersOf(logKey);
  const [name, x, d] = ['name', 'x', 'd'].map((member) => jwk.get(member));
  if (typeof name !== 'string' || typeof x !== 'string' || typeof d !== 'string') throw new Error(problem);
  const publicKey = new Uint8Array(Buffer.from(x, 'base64url'));
  if (publicKey.length !== 32) throw new Error(problem);
  const { signer, verify } = ed25519(crypto.subtle);
  const halves = { kty: 'OKP', crv: 'Ed25519', x, d };
  const sign = signer(await crypto.subtle.importKey('jwk', halves, { name: 'Ed25519' }, false, ['sign']));
  const probe = new Uint8Array(1);
  if (!(await verify(publicKey, probe, await sign(probe))))
    throw new Error('The x of LOG_KEY is not the half of its d.');
  return { signer: { key: verifierKey(name, publicKey), sign }, name };
}

function membersOf(text: string): ReadonlyMap<string, unknown> {
  const value: unknown = parsed(text);
  return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);
}

function readNotes(text: string | null): readonly string[] {
  if (text === null) return [];
  const value: unknown = parsed(text);
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value;
  throw new Error('LOG_ROTATIONS has to be a JSON array of rotation notes.');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
