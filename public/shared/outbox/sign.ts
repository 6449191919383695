import { signedTapText } from '../../../domain/ledger/index.ts';
import { readLogBody } from '../../../domain/wire/log-body.ts';
import type { SignText } from '../device/signing.ts';
import { type Bag, parseJson } from '../wire/decode.ts';
import type { OutboxItem } from './items.ts';

/**
 * The actions of a parcel that this device has still to sign, signed. What an earlier place of the device has left
 * unsent goes out as it is: the key for it is gone. Never throws: no tap waits for a signature for ever.
 */
export async function signItems(
  parcel: readonly OutboxItem[],
  deviceId: string,
  sign: SignText,
): Promise<readonly OutboxItem[]> {
  const due = parcel.filter(
    ({ kind, body }) => kind === 'action' && body.signature === undefined && body.device_id === deviceId,
  );
  const signed = await Promise.all(
    due.map(async (item): Promise<readonly OutboxItem[]> => {
      const text = textOf(item.body);
      // What a browser cannot sign (some lose keys over an update of theirs) is worth sending all the same.
      const signature = text === null ? null : await sign(text).catch(() => null);
      return signature === null ? [] : [{ ...item, body: { ...item.body, signature } }];
    }),
  );
  return signed.flat();
}

/** What is signed of a tap: read from the bytes that are sent, as the server reads them. Null for what it will refuse. */
export function textOf(body: Bag): string | null {
  const read = readLogBody(parseJson(JSON.stringify(body)));
  if (!read.ok || read.value.eventId === null) return null;
  const { eventId, roundId: round, ...tap } = read.value;
  return signedTapText({ ...tap, eventId, round });
}
