import type { StoredObject } from '../../domain/storage/index.ts';

/** So many objects one listing of the bucket names, at most. */
const PAGE = 1_000;

/** `next` is the key after which the next call begins; null where this is all. */
export type Listed = { readonly objects: readonly StoredObject[]; readonly next: string | null };

/**
 * Objects under a prefix in the order of their keys, from after `after` on, with at most `pages` listings. The end of one
 * call is a key and nothing that expires, so whoever goes on later finds what has come meanwhile behind it.
 */
export async function listObjects(
  bucket: R2Bucket,
  { prefix, after, pages }: { readonly prefix: string; readonly after: string | null; readonly pages: number },
): Promise<Listed> {
  const objects: StoredObject[] = [];
  let last = after;
  for (let page = 0; page < pages; page += 1) {
    const found = await bucket.list({ prefix, limit: PAGE, ...(last === null ? {} : { startAfter: last }) });
    for (const { key, size, uploaded } of found.objects) objects.push({ key, size, uploadedMs: uploaded.getTime() });
    if (!found.truncated) return { objects, next: null };
    last = found.objects.at(-1)?.key ?? last;
  }
  return { objects, next: last };
}
