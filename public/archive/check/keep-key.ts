import { effect } from '@preact/signals';
import { keep, kept } from '../../shared/device/store.ts';
import { nullable, object, text } from '../../shared/wire/decode.ts';
import type { Check } from './check.ts';

const KEY = 'archive-verifier-key';

const decodeKept = object({ key: text, server: nullable(text) });

/** The verifier's key lives on the device: whoever got it once from the commission does not look for it again. */
export async function keepVerifierKey(check: Pick<Check, 'key' | 'serverKey'>): Promise<void> {
  const known = await kept(KEY, decodeKept);
  // What has been typed since the page opened is newer.
  if (known !== undefined && check.key.peek() === '') {
    check.serverKey.value = known.server;
    check.key.value = known.key;
  }
  effect(() => {
    void keep(KEY, { key: check.key.value.trim(), server: check.serverKey.value });
  });
}
