/** Half of the longest id there may be: the other half is for whatever is put before or after it. */
const LONGEST = 32;

/** Letters that are no base letter with a mark, as names are usually written without them. */
const FOLDED: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  đ: 'd',
  ı: 'i',
};

/**
 * A tidy id for somebody's name, the same for the same name on every device: a scorecard's person and the holder of a
 * device are told to be one by it. A name without Latin letters gets one made of its characters. Empty for no name.
 */
export function idFromName(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[ßæœøðþłđı]/g, (letter) => FOLDED[letter] ?? letter);
  const tidy = trimmed(plain.replaceAll(/['’.]/g, '').replaceAll(/[^a-z0-9]+/g, '_'));
  if (/[a-z]/.test(tidy)) return tidy;
  return name.trim() === '' ? '' : `person_${numberOf(name.trim().normalize('NFC'))}`;
}

function trimmed(text: string): string {
  return text.replaceAll(/^_+/g, '').slice(0, LONGEST).replaceAll(/_+$/g, '');
}

/** FNV-1a in 32 bits: no secret, only short and always the same. */
function numberOf(text: string): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash.toString(16).padStart(8, '0');
}

/** The seat after these: `JUDGE004` after `JUDGE003`. */
export function nextSeat(seats: readonly string[]): string {
  for (let number = 1; ; number += 1) {
    const seat = `JUDGE${String(number).padStart(3, '0')}`;
    if (!seats.includes(seat)) return seat;
  }
}
