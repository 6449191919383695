import type { Credential } from '../device/credential.ts';
import { openSigning, type SignText } from '../device/signing.ts';
import type { OutboxItem } from './items.ts';
import type { Shelf } from './shelf.ts';

export type Signed = {
  /** A parcel as it goes out. Never throws. */
  readonly sign: (parcel: readonly OutboxItem[]) => Promise<readonly OutboxItem[]>;
  /** The server has answered for it. */
  readonly forget: (eventId: string) => void;
};

/** A signature takes a millisecond. What takes longer than this hangs. */
const LIMIT_MS = 5_000;

/**
 * A paired device signs what was done on it when that is about to be sent: the screen has long shown it. The signature is
 * stored before it leaves, so that every delivery is the same bytes; a crash before that signs anew what nobody has seen.
 *
 * No tap is kept back for want of a signature. Where the key, the program or room for it is lacking, the tap goes out
 * without, or with one that a later delivery does not repeat: the server does not compare signatures.
 */
export function openSigned(credential: Credential, shelf: Shelf): Signed {
  const signText = openSigning(credential);
  return signText === null ? UNPAIRED : signing(credential.deviceId, signText, shelf);
}

const UNPAIRED: Signed = { sign: async (parcel) => parcel, forget: () => undefined };

function signing(deviceId: string, signText: SignText, shelf: Shelf): Signed {
  // Fetched at once, but after the page: by the first tap it is there, and the device keeps it as it keeps the page.
  const program = import('./sign.ts');
  program.catch(() => undefined);
  /** Beside the items that the page shows: nothing on the screen changes for a signature. */
  const ready = new Map<string, OutboxItem>();

  async function signNow(parcel: readonly OutboxItem[]): Promise<void> {
    const { signItems } = await program;
    const fresh = await signItems(parcel, deviceId, signText);
    if (fresh.length === 0) return;
    const kept = await shelf.sign(fresh).catch(() => fresh);
    for (const item of kept) ready.set(item.eventId, item);
  }

  return {
    sign: async (parcel) => {
      const asKnown = (): readonly OutboxItem[] => parcel.map((item) => ready.get(item.eventId) ?? item);
      const work = signNow(asKnown()).catch(() => undefined);
      let timer: ReturnType<typeof setTimeout> | undefined;
      const limit = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, LIMIT_MS);
      });
      await Promise.race([work, limit]);
      clearTimeout(timer);
      return asKnown();
    },
    forget: (eventId) => {
      ready.delete(eventId);
    },
  };
}
