const CODE = /^[A-Za-z0-9_.:~-]{8,128}$/;

/** The pairing code in what somebody scanned, pasted or typed: a link of this product or the code alone; else null. */
export function codeIn(words: string): string | null {
  const trimmed = words.trim();
  if (CODE.test(trimmed)) return trimmed;
  try {
    const { pathname, hash } = new URL(trimmed);
    return pathname === '/pair' ? codeOf(hash) : null;
  } catch {
    return null;
  }
}

/** The code of an address's fragment; null where it has none. */
export function codeOf(hash: string): string | null {
  const code = hash.replace(/^#/, '');
  return CODE.test(code) ? code : null;
}
