import { actionsOf, ask, leavesOf, mintToken, tell } from '../product.ts';
import type { Bench } from '../settings.ts';

/** Bytes of a delta around its entries and its view: `{"type":"delta","from":…,"to":…,"entries":[],"view":}`. */
const DELTA_FRAME_BYTES = 60;

/**
 * Lets one action be logged and tells the bare object what was stored, answered and sent for it.
 * @returns the answer that the bare object gives from now on
 */
export async function teachBare({ servers }: Bench, boutId: string): Promise<string> {
  const { url } = servers.product;
  const token = await mintToken(url, { role: 'operator', subject: 'sample' });
  const next = actionsOf(boutId, 'sample');
  const ack = await ask(url, 'POST', '/api/events/v2/log', token, next());
  const leaf = leavesOf(servers.productData, boutId).at(-1);
  const view = await ask(url, 'GET', `/api/bouts/${boutId}`, '');
  const { events }: { events: readonly unknown[] } = JSON.parse(
    await ask(url, 'GET', `/api/events/v2/${boutId}/1`, ''),
  );
  // A comma follows each but the last.
  const deltaEntry = JSON.stringify(events[0]).length + 1;
  const deltaBase = view.length + DELTA_FRAME_BYTES;
  await tell(servers.bare.url, `/${boutId}/say`, { leaf, ack, deltaBase, deltaEntry });
  return ack;
}
