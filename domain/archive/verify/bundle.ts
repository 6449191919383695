/**
 * The leaves of an entry bundle as far as they can be read, and how many bytes are left over: a damaged length must not
 * hide what stands before it.
 */
export function bundleLeaves(bytes: Uint8Array): { readonly leaves: readonly Uint8Array[]; readonly rest: number } {
  const leaves: Uint8Array[] = [];
  let at = 0;
  while (at + 2 <= bytes.length) {
    const end = at + 2 + (((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0));
    if (end > bytes.length) break;
    leaves.push(bytes.slice(at + 2, end));
    at = end;
  }
  return { leaves, rest: bytes.length - at };
}
