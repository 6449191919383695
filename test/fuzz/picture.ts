import fc from 'fast-check';
import type { Body } from './body.ts';

/** What a picture of each type begins with. */
const BEGINNINGS: Readonly<Record<string, readonly number[]>> = {
  'image/jpeg': [0xff, 0xd8, 0xff],
  'image/png': [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
  'image/webp': [...Buffer.from('RIFF'), 0, 0, 0, 0, ...Buffer.from('WEBP')],
};

export function isPictureType(type: string): boolean {
  return Object.hasOwn(BEGINNINGS, type);
}

/** The smallest picture of a type that there is. */
export function smallestPicture(type: string): Uint8Array {
  return Uint8Array.from(BEGINNINGS[type] ?? []);
}

/** A body with the headers that go with it. */
export type Sent = { readonly body: Body; readonly headers: readonly (readonly [string, string])[] };

/** Pictures of these types, as far as their first bytes tell, under their own name. */
export function picturesOf(types: readonly string[]): fc.Arbitrary<Sent> {
  return fc.tuple(fc.constantFrom(...types), fc.uint8Array({ maxLength: 300 })).map(([type, rest]) => ({
    body: { kind: 'bytes', bytes: Uint8Array.from([...(BEGINNINGS[type] ?? []), ...rest]) },
    headers: [['content-type', type]],
  }));
}
