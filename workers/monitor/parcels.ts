import type { Traffic } from '../../domain/monitor/index.ts';

/** What was counted between one parcel and the next; `seq` numbers the parcels of an isolate from 1. */
export type Parcel = { readonly isolate: string; readonly seq: number; readonly traffic: Traffic };

export type Parcels = {
  /** Sends what is to be sent, if anything. Rejects as `deliver` does; the next call then tries again. */
  readonly send: (deliver: (parcel: Parcel) => Promise<void>) => Promise<void>;
};

/**
 * Packs counts for delivery at least once. A parcel that is not known to have arrived goes out again unchanged, under
 * the same number, until it has: the receiver takes a number once. What is counted meanwhile waits in the counters and
 * becomes one parcel of its own. An isolate that ends loses what it had not sent: seconds of counts, and nothing else.
 *
 * @param take what was counted since it was last called, null where nothing was
 */
export function createParcels(take: () => Traffic | null, isolate: () => string): Parcels {
  let seq = 0;
  let unconfirmed: Parcel | null = null;

  function next(): Parcel | null {
    const traffic = take();
    if (traffic === null) return null;
    seq += 1;
    return { isolate: isolate(), seq, traffic };
  }

  async function sendOne(deliver: (parcel: Parcel) => Promise<void>): Promise<void> {
    unconfirmed ??= next();
    if (unconfirmed === null) return;
    const parcel = unconfirmed;
    await deliver(parcel);
    // Another request may have delivered it meanwhile and begun the next one.
    if (unconfirmed === parcel) unconfirmed = null;
  }

  return {
    send: async (deliver) => {
      if (unconfirmed !== null) await sendOne(deliver);
      await sendOne(deliver);
    },
  };
}
