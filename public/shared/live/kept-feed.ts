import type { Json } from '../device/store.ts';
import { type Decode, list, number, object, parseJson, text } from '../wire/decode.ts';
import { decodeEntry, decodeView } from '../wire/frames.ts';
import type { Feed } from './feed.ts';

const decodeParts = object({ cursor: number, view: decodeView, entries: list(decodeEntry) });

/** A feed as it lies on the device: JSON text, so that an older page's shape is refused and never half understood. */
export function feedToJson(feed: Feed): Json {
  return JSON.stringify(feed);
}

export const decodeFeed: Decode<Feed> = (value) => {
  const source = text(value);
  return source === undefined ? undefined : decodeParts(parseJson(source));
};
