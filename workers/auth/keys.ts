import * as z from 'zod';
import { ok, type Outcome, refuse } from '../../domain/refusal.ts';
import type { Caller } from '../../domain/roles/index.ts';

/** What the keys come from. Part of the Worker's environment. */
export type KeySettings = { readonly TOKEN_KEY?: string; readonly TOKEN_KEYS_RETIRED?: string };

/** The keys of tokens, and the tokens that were verified with them: a change of keys forgets both. */
export type KeyRing = {
  readonly kid: string;
  readonly signing: CryptoKey;
  /** By `kid`; the signing key's public half and the retired ones. */
  readonly verifying: ReadonlyMap<string, CryptoKey>;
  /** Keyed by the token as it was sent. */
  readonly verified: Map<string, Caller>;
  /** The private seed (base64url); one-time pairing codes of repeated requests are derived from it. */
  readonly seed: string;
};

const publicJwk = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  kid: z.string().min(1).max(128),
  x: z.string().min(1),
});

const privateJwk = publicJwk.extend({ d: z.string().min(1) });

const retiredJwks = z.array(publicJwk);

let held: { readonly settings: KeySettings; readonly ring: KeyRing } | null = null;

/**
 * The deployment's token keys. Refuses with `unavailable` where TOKEN_KEY or TOKEN_KEYS_RETIRED is missing or no such
 * key: the log says which, the caller only that tokens cannot be checked.
 */
export async function keyRing(settings: KeySettings): Promise<Outcome<KeyRing>> {
  const known = heldRing(settings);
  if (known !== null) return ok(known);
  const ring = await importRing(settings);
  if (typeof ring === 'string') {
    console.error(JSON.stringify({ at: 'auth.keyRing', problem: ring }));
    return refuse('unavailable', 'This deployment cannot check or sign tokens: its TOKEN_KEY is not set up.');
  }
  const { TOKEN_KEY, TOKEN_KEYS_RETIRED } = settings;
  held = {
    settings: {
      ...(TOKEN_KEY === undefined ? {} : { TOKEN_KEY }),
      ...(TOKEN_KEYS_RETIRED === undefined ? {} : { TOKEN_KEYS_RETIRED }),
    },
    ring,
  };
  return ok(ring);
}

/** The keys where they have been imported already; null where they have not, or others are set by now. */
export function heldRing(settings: KeySettings): KeyRing | null {
  if (held === null || held.settings.TOKEN_KEY !== settings.TOKEN_KEY) return null;
  return held.settings.TOKEN_KEYS_RETIRED === settings.TOKEN_KEYS_RETIRED ? held.ring : null;
}

async function importRing(settings: KeySettings): Promise<KeyRing | string> {
  const current = privateJwk.safeParse(parsed(settings.TOKEN_KEY ?? ''));
  if (!current.success) return 'TOKEN_KEY is not an Ed25519 private JWK with a kid';
  const retired = retiredJwks.safeParse(parsed(settings.TOKEN_KEYS_RETIRED ?? '[]'));
  if (!retired.success) return 'TOKEN_KEYS_RETIRED is not a JSON array of Ed25519 public JWKs with a kid each';
  const { kty, crv, kid, x, d } = current.data;
  try {
    const verifying = new Map<string, CryptoKey>();
    for (const key of retired.data) verifying.set(key.kid, await importVerifying(key));
    verifying.set(kid, await importVerifying(current.data));
    const signing = await crypto.subtle.importKey('jwk', { kty, crv, x, d }, { name: 'Ed25519' }, false, ['sign']);
    return { kid, signing, verifying, verified: new Map(), seed: d };
  } catch (error) {
    return `a token key cannot be imported: ${error instanceof Error ? error.message : 'unknown'}`;
  }
}

async function importVerifying({ kty, crv, x }: z.infer<typeof publicJwk>): Promise<CryptoKey> {
  return await crypto.subtle.importKey('jwk', { kty, crv, x }, { name: 'Ed25519' }, false, ['verify']);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
