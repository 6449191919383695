import { isId } from '../ids.ts';

/**
 * What an object of the bucket is, by its key:
 * - `archive`: a file of a sealed bout, `archive/fights/{year}/{promotion}/{event}/{bout_id}/<file>`;
 * - `anchor`: the checkpoint that a bout, or the deployment's log of them, published last, `anchors/{bout_id}`;
 * - `export`: what is made again whenever it is asked for, `exports/{promotion}/{bout_id}/<name>`;
 * - `other`: anything else, which nothing here knows.
 */
export const KEY_CLASSES = ['archive', 'anchor', 'export', 'other'] as const;

export type KeyClass = (typeof KEY_CLASSES)[number];

/** Classes whose objects may be taken away. What is not named here stays: the list admits, it does not except. */
export const CLEANABLE_CLASSES = ['export'] as const satisfies readonly KeyClass[];

export type CleanableClass = (typeof CLEANABLE_CLASSES)[number];

/** `promotion` is the segment of the key; null where the key names none. `boutId` is null in a key of no known form. */
export type ReadKey = { readonly class: KeyClass; readonly promotion: string | null; readonly boutId: string | null };

declare const isDeletable: unique symbol;

/** A key that may be deleted. Only {@link deletable} makes one. */
export type DeletableKey = string & { readonly [isDeletable]: true };

/** The anchor of the log of checkpoints stands among those of the bouts, so no bout may be called so. */
export const LOG_ANCHOR = 'platform-log';

/** A whole segment as the archive writes it. */
const SEGMENT = /^[A-Za-z0-9_.-]+$/;

/** R2 takes keys of up to 1,024 bytes. */
const MAX_KEY = 1024;

export function readKey(key: string): ReadKey {
  const parts = key.length <= MAX_KEY ? key.split('/') : [];
  const [root, second = '', third = '', fourth = '', , sixth = ''] = parts;
  if (root === 'archive' && second === 'fights' && parts.length >= 7) {
    return isSegment(fourth) && isPlaceId(sixth)
      ? { class: 'archive', promotion: fourth, boutId: sixth }
      : UNREAD_ARCHIVE;
  }
  // Whatever stands under these two is evidence until somebody has looked at it.
  if (root === 'archive') return UNREAD_ARCHIVE;
  if (root === 'anchors') {
    const isBout = parts.length === 2 && isPlaceId(second) && second !== LOG_ANCHOR;
    return { class: 'anchor', promotion: null, boutId: isBout ? second : null };
  }
  if (
    root === 'exports' &&
    parts.length >= 4 &&
    isSegment(second) &&
    isPlaceId(third) &&
    parts.slice(3).every(isSegment)
  ) {
    return { class: 'export', promotion: second, boutId: third };
  }
  return { class: 'other', promotion: null, boutId: null };
}

/**
 * The one door to deletion: the key, where it is that of an export in its exact form, else null. An archive, an anchor,
 * a key that climbs (`..`), one that is encoded, doubled or in other letters is none of these forms.
 */
export function deletable(key: string): DeletableKey | null {
  return isDeletableKey(key) ? key : null;
}

function isDeletableKey(key: string): key is DeletableKey {
  return CLEANABLE_CLASSES.some((cleanable) => cleanable === readKey(key).class);
}

/** Where all exports of a bout stand. `promotion` is the segment. */
export function exportsPrefix(promotion: string, boutId: string): string {
  return `exports/${promotion}/${boutId}/`;
}

const UNREAD_ARCHIVE: ReadKey = { class: 'archive', promotion: null, boutId: null };

function isSegment(text: string): boolean {
  return SEGMENT.test(text) && text !== '.' && text !== '..';
}

function isPlaceId(text: string): boolean {
  return isId(text) && text !== '.' && text !== '..';
}
