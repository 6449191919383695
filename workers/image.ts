/** The kinds of picture that are taken: those which every browser shows. */
export const IMAGE_TYPES = ['image/jpeg', 'image/png', 'image/webp'] as const;

export type ImageType = (typeof IMAGE_TYPES)[number];

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const JPEG = [0xff, 0xd8, 0xff];
const RIFF = [0x52, 0x49, 0x46, 0x46];
const WEBP = [0x57, 0x45, 0x42, 0x50];

/** What the first bytes say that this is; null where it is none of these. What a sender calls it proves nothing. */
export function imageTypeOf(buffer: ArrayBuffer): ImageType | null {
  const bytes = new Uint8Array(buffer);
  if (isAt(bytes, JPEG, 0)) return 'image/jpeg';
  if (isAt(bytes, PNG, 0)) return 'image/png';
  return isAt(bytes, RIFF, 0) && isAt(bytes, WEBP, 8) ? 'image/webp' : null;
}

function isAt(bytes: Uint8Array, signature: readonly number[], at: number): boolean {
  return signature.every((byte, i) => bytes[at + i] === byte);
}
