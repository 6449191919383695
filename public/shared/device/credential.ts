import { type ReadonlySignal, signal } from '@preact/signals';
import type { Role } from '../../../domain/roles/index.ts';
import { text } from '../wire/decode.ts';
import { type Claims, ownerOf, readClaims } from './claims.ts';
import { type Paired, readPaired, renewPaired } from './paired.ts';
import { keep, kept } from './store.ts';
import { dropToken, followLinks, takeToken } from './token.ts';

/**
 * Who uses this page. A link brings a token for the tab; a paired device makes itself new ones by its own signature
 * for as long as its night lasts.
 */
export type Credential = {
  /** Null: a spectator. */
  readonly claims: ReadonlySignal<Claims | null>;
  /** `refused`: expired or withdrawn, and this page cannot renew it. */
  readonly state: ReadonlySignal<'anonymous' | 'valid' | 'refused'>;
  /** The device that the token names, else this browser's own name for itself in this person's hands. */
  readonly deviceId: string;
  /** How many devices the place has had; null where the device is not paired. */
  readonly deviceEpoch: number | null;
  /** A token to send now; null where there is none that could be good. */
  readonly token: () => Promise<string | null>;
  /** The server has answered 401 to this one. */
  readonly refuse: (token: string) => void;
};

/** A token of the address, else this tab's, else the paired device's; else a spectator. */
export async function openCredential(): Promise<Credential> {
  const brought = takeToken();
  followLinks();
  if (brought !== null) return await fromToken(brought);
  const paired = await readPaired();
  return paired === null ? anonymous(await ownDeviceId(null)) : fromPaired(paired);
}

/** Whether the credential holds one of these roles, as far as this page can tell. */
export function isRole(credential: Credential, ...roles: readonly Role[]): boolean {
  const role = credential.claims.value?.role;
  return role !== undefined && roles.includes(role);
}

function anonymous(deviceId: string): Credential {
  return {
    claims: signal<Claims | null>(null),
    state: signal<'anonymous' | 'valid' | 'refused'>('anonymous'),
    deviceId,
    deviceEpoch: null,
    token: async () => null,
    refuse: () => undefined,
  };
}

async function fromToken(token: string): Promise<Credential> {
  const claims = readClaims(token);
  const state = signal<'anonymous' | 'valid' | 'refused'>('valid');
  return {
    claims: signal(claims),
    state,
    deviceId: claims?.device ?? (await ownDeviceId(claims)),
    deviceEpoch: null,
    // Its end is the server's to say: this device's calendar may be wrong.
    token: async () => (state.peek() === 'refused' ? null : token),
    refuse: (refused) => {
      if (refused !== token) return;
      state.value = 'refused';
      dropToken();
    },
  };
}

/** A token is renewed this long before its end, so that a request on its way does not outlive it. */
const MARGIN_MS = 60_000;

function fromPaired(first: Paired): Credential {
  let paired = first;
  const claims = signal(readClaims(first.token));
  const state = signal<'anonymous' | 'valid' | 'refused'>('valid');
  let stale = false;
  let renewing: Promise<void> | null = null;

  async function renew(): Promise<void> {
    const renewed = await renewPaired(paired);
    if (renewed.outcome === 'renewed') {
      paired = renewed.paired;
      stale = false;
      claims.value = readClaims(paired.token);
    } else if (renewed.outcome === 'refused') state.value = 'refused';
  }

  return {
    claims,
    state,
    deviceId: first.deviceId,
    deviceEpoch: first.deviceEpoch,
    token: async () => {
      if (state.peek() === 'refused') return null;
      if (stale || Date.now() >= paired.goodUntilMs - MARGIN_MS) {
        renewing ??= renew().finally(() => {
          renewing = null;
        });
        await renewing;
      }
      return state.peek() === 'valid' ? paired.token : null;
    },
    refuse: (refused) => {
      if (refused === paired.token) stale = true;
    },
  };
}

/** Made once for each person on this device, so that two tabs of two people are two devices to the ledger. */
async function ownDeviceId(claims: Claims | null): Promise<string> {
  const key = `device-id|${ownerOf(claims)}`;
  const known = await kept(key, text);
  if (known !== undefined) return known;
  const made = `dev_${crypto.randomUUID()}`;
  await keep(key, made);
  return made;
}
