/**
 * A name as a part of a key: only what every store, file system and address takes as it is; never empty, `.` or `..`. The
 * archive's folders and the exports' are made of it, so that a promotion is found under the same letters in both.
 */
export function segmentOf(text: string): string {
  const plain = text.replaceAll(/[^A-Za-z0-9_.-]/g, '-');
  if (plain === '') return '-';
  return plain === '.' || plain === '..' ? plain.replaceAll('.', '-') : plain;
}
