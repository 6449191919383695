import { createPrivateKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import fc from 'fast-check';
import { MANY } from './arbitrary.ts';

/** Who a request says it comes from. `pick` chooses among the tokens of a role. */
export type Credential =
  | { readonly kind: 'role'; readonly role: string; readonly pick: number }
  | { readonly kind: (typeof OTHERS)[number]; readonly pick: number };

const OTHERS = [
  'none',
  'secret',
  'revoked',
  'expired',
  'tampered',
  'foreign key',
  'unsigned',
  'strange claims',
  'garbage',
  'long',
  'minted by the way',
] as const;

/** The tokens that a run has. */
export type Tokens = {
  readonly byRole: ReadonlyMap<string, readonly string[]>;
  readonly revoked: string;
  readonly adminSecret: string;
  /** The server's own key, so that tokens can be made which it would never mint. */
  readonly tokenKey: string;
  /** Tokens that answers of the run held. */
  readonly seen: () => readonly string[];
};

/** Tokens of some roles. */
export function credentialsOfRoles(roles: readonly string[]): fc.Arbitrary<Credential> {
  return fc.tuple(fc.constantFrom(...roles), fc.nat(MANY)).map(([role, pick]) => ({ kind: 'role', role, pick }));
}

/** Mostly of a role that the route admits: what is refused at the door tells little of what is behind it. */
export function credentialsFor(roles: readonly string[], all: readonly string[]): fc.Arbitrary<Credential> {
  const other = fc.tuple(fc.constantFrom(...OTHERS), fc.nat(MANY)).map(([kind, pick]): Credential => ({ kind, pick }));
  return fc.oneof(
    { weight: 70, arbitrary: credentialsOfRoles(roles.length > 0 ? roles : all) },
    { weight: 12, arbitrary: credentialsOfRoles(all) },
    { weight: 18, arbitrary: other },
  );
}

/** The credential as it is sent; null where none is. */
export function credentialText(credential: Credential, tokens: Tokens): string | null {
  const { pick } = credential;
  const some = [...tokens.byRole.values()].flat();
  const valid = chosen(some, pick);
  switch (credential.kind) {
    case 'role':
      return chosen(tokens.byRole.get(credential.role) ?? some, pick);
    case 'none':
      return null;
    case 'secret':
      return tokens.adminSecret;
    case 'revoked':
      return tokens.revoked;
    case 'expired':
      return resigned(valid, tokens.tokenKey, { exp: Math.floor(Date.now() / 1000) - 1 - (pick % 100_000) });
    case 'tampered':
      return tampered(valid, pick);
    case 'foreign key':
      return signedWith(valid, generateKeyPairSync('ed25519').privateKey, {});
    case 'unsigned':
      return unsigned(valid);
    case 'strange claims':
      return resigned(valid, tokens.tokenKey, chosen(STRANGE_CLAIMS, pick));
    case 'garbage':
      return chosen(GARBAGE, pick);
    case 'long':
      return `eyJ${'a'.repeat(3_000 + (pick % 3_000))}.e.s`;
    case 'minted by the way':
      return chosen([...tokens.seen(), ...some], pick);
  }
}

/** Claims that no token of this server has, under a signature that holds. */
const STRANGE_CLAIMS: readonly Readonly<Record<string, unknown>>[] = [
  { role: 'god' },
  { role: ['admin'] },
  { sub: '' },
  { sub: '../..' },
  { exp: 'never' },
  { exp: 1e300 },
  { jti: null },
  { iat: -1 },
  { bout_id: 7 },
  { corners: 'red' },
  { corners: [] },
  { aspects: ['luck'] },
  { iss: 'somebody else' },
  { nbf: 9_999_999_999 },
];

const GARBAGE = ['x', '..', 'eyJ..', 'eyJhbGciOiJFZERTQSJ9.e30.', 'null', 'undefined', 'Bearer', 'eyJ.eyJ.eyJ', '%00'];

function tampered(token: string, pick: number): string {
  const at = pick % token.length;
  return token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1);
}

function unsigned(token: string): string {
  return `${encoded({ alg: 'none', typ: 'JWT' })}.${token.split('.')[1] ?? ''}.`;
}

function resigned(token: string, tokenKey: string, claims: Readonly<Record<string, unknown>>): string {
  return signedWith(token, createPrivateKey({ key: JSON.parse(tokenKey), format: 'jwk' }), claims);
}

function signedWith(token: string, key: KeyObject, claims: Readonly<Record<string, unknown>>): string {
  const header = token.split('.')[0] ?? '';
  const signed = `${header}.${encoded({ ...claimsOf(token), ...claims })}`;
  return `${signed}.${sign(null, Buffer.from(signed), key).toString('base64url')}`;
}

/** What a token says; empty where it is none. */
export function claimsOf(token: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
  } catch {
    return {};
  }
}

function encoded(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function chosen<T>(list: readonly T[], pick: number): T {
  const one = list[pick % list.length];
  if (one === undefined) throw new Error('The run has no tokens.');
  return one;
}
