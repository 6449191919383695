import { readBundle, textOfUtf8, TILE_WIDTH, tilePath } from '../../../domain/log/index.ts';
import type { Credential } from '../device/credential.ts';
import { parseJson } from '../wire/decode.ts';
import { fetchOwn } from '../wire/fetch-own.ts';
import { decodeSeal, type Seal } from '../wire/seal.ts';

/**
 * Who sealed a bout, and why, as its last entry says: nothing else keeps it. Null where that cannot be read now.
 * @param entries of the ledger, the seal among them
 */
export async function readSeal(
  credential: Credential,
  boutId: string,
  entries: number,
  signal: AbortSignal,
): Promise<Seal | null> {
  const last = entries - 1;
  const path = tilePath('entries', Math.floor(last / TILE_WIDTH), (last % TILE_WIDTH) + 1);
  const response = await fetchOwn(credential, `/api/archive/${encodeURIComponent(boutId)}/${path}`, signal).catch(
    () => null,
  );
  if (response === null || !response.ok) return null;
  const bytes = await response.arrayBuffer().catch(() => null);
  return bytes === null ? null : sealIn(new Uint8Array(bytes));
}

/** The seal in the bundle that ends with it. */
export function sealIn(bundle: Uint8Array): Seal | null {
  const leaves = readBundle(bundle);
  const last = leaves.ok ? leaves.value.at(-1) : undefined;
  const leaf = last === undefined ? null : textOfUtf8(last);
  return leaf === null ? null : (decodeSeal(parseJson(leaf)) ?? null);
}
