import { formatVerifierKey, keyId } from '../domain/log/index.ts';

/** What a verifier is given: the public half of a `LOG_KEY`, in the form of signed notes (c2sp.org/signed-note). */
export function verifierKeyOf(logKey: string): string {
  const { name, x }: { name: string; x: string } = JSON.parse(logKey);
  const publicKey = Uint8Array.from(Buffer.from(x, 'base64url'));
  return formatVerifierKey({ name, id: keyId(name, ED25519, publicKey), type: ED25519, publicKey });
}

/** The type of a signature on a note. */
const ED25519 = 0x01;
