import type { VerifySignature } from '../../../domain/log/index.ts';

/*
 * The edges of Ed25519, for Node and workerd alike: nothing in here is of either. Points of small order after RFC 8032;
 * the signatures are the private key 00 01 … 1f's, made by RFC 8032's formulas.
 */

function fromHex(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

/** The y of the points of order 4, 1, 2, 8 and 8, then p and p + 1, which are 0 and 1 written again. */
const SMALL = [
  `00${'00'.repeat(30)}00`,
  `01${'00'.repeat(30)}00`,
  `ec${'ff'.repeat(30)}7f`,
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  `ed${'ff'.repeat(30)}7f`,
  `ee${'ff'.repeat(30)}7f`,
].map(fromHex);

/** With either sign of x: 14 encodings of 8 points. */
const SMALL_POINTS = SMALL.flatMap((y) => [y, y.with(31, (y[31] ?? 0) | 0x80)]);

const MESSAGE = fromHex('66696768746a75646765');
const PUBLIC_KEY = fromHex('03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8');
const R = fromHex('f1ff41f88f167c011a59c3a5d1963e79f4f9964e97792ed62915da4187b9d90e');
const S = fromHex('65ec5bcf7f61f104e04801d6e10ea1d2fb0720028f9b0832565b4e19b7f92e0f');
/** S and the group's order: the same number to whoever does not look whether it is below. */
const S_AND_ORDER = fromHex('52c0512c9ac4035db6e5f878c00880e7fb0720028f9b0832565b4e19b7f92e1f');

const join = (a: Uint8Array, b: Uint8Array): Uint8Array => new Uint8Array([...a, ...b]);

export type Edge = {
  readonly name: string;
  readonly publicKey: Uint8Array;
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
};

/** What must verify. */
export const HONEST: Edge = { name: 'honest', publicKey: PUBLIC_KEY, message: MESSAGE, signature: join(R, S) };

const ZERO = new Uint8Array(32);

/**
 * What must not. With S zero, a key of small order and an R of small order, one message in at most eight is signed by
 * nobody for whoever knows no better: eight messages each.
 */
export const EDGES: readonly Edge[] = [
  { ...HONEST, name: 'S not below the order', signature: join(R, S_AND_ORDER) },
  { ...HONEST, name: 'S above the order', signature: join(R, new Uint8Array(32).fill(0xff)) },
  { ...HONEST, name: 'a short signature', signature: join(R, S).slice(0, 63) },
  { ...HONEST, name: 'a long signature', signature: join(R, new Uint8Array([...S, 0])) },
  { ...HONEST, name: 'a short key', publicKey: PUBLIC_KEY.slice(0, 31) },
  { ...HONEST, name: 'a key that is no point', publicKey: ZERO.with(0, 2) },
  { ...HONEST, name: 'an R that is no point', signature: join(ZERO.with(0, 2), S) },
  { ...HONEST, name: 'a key whose y is above p', publicKey: fromHex(`f0${'ff'.repeat(30)}7f`) },
  ...SMALL_POINTS.flatMap((publicKey, key) =>
    SMALL_POINTS.flatMap((r, point) =>
      Array.from({ length: 8 }, (_, i) => ({
        name: `key ${key} and R ${point} of small order, message ${i}`,
        publicKey,
        message: Uint8Array.of(i),
        signature: join(r, ZERO),
      })),
    ),
  ),
];

/** The names of the cases that verify. */
export async function verified(edges: readonly Edge[], verify: VerifySignature): Promise<string[]> {
  const names: string[] = [];
  for (const { name, publicKey, message, signature } of edges) {
    if (await verify(publicKey, message, signature)) names.push(name);
  }
  return names;
}

/** A case of the published vectors of C2SP's CCTV. */
export type Vector = {
  readonly number: number;
  readonly key: string;
  readonly sig: string;
  readonly msg: string;
  readonly flags: readonly string[] | null;
};

/**
 * The rule: RFC 8032 without the cofactor, and neither second encodings nor points of small order as keys or as R. A key
 * or an R with a part of small order in it is taken where the equation holds: who made it knows its private key.
 */
const REFUSED = ['low_order_A', 'low_order_R', 'low_order_residue', 'non_canonical_A', 'non_canonical_R'];

export function isTaken({ flags }: Vector): boolean {
  return (flags ?? []).every((flag) => !REFUSED.includes(flag));
}

export function edgeOf({ number, key, sig, msg }: Vector): Edge {
  const message = Uint8Array.from(msg, (character) => character.charCodeAt(0));
  return { name: String(number), publicKey: fromHex(key), message, signature: fromHex(sig) };
}
