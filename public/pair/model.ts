import { type ReadonlySignal, signal } from '@preact/signals';
import { type Claims, readClaims } from '../shared/device/claims.ts';
import { claimPairing, forgetDevice } from '../shared/device/pairing.ts';
import { readPaired } from '../shared/device/paired.ts';
import { forget, keep, kept } from '../shared/device/store.ts';
import { dropToken } from '../shared/device/token.ts';
import type { ApiFailure } from '../shared/wire/api.ts';
import { text } from '../shared/wire/decode.ts';

export type PairState =
  | { readonly kind: 'opening' }
  /** Nothing to use yet: scan, paste or type. */
  | { readonly kind: 'entry'; readonly forgotten: boolean }
  /** There is a code, and a place that the device would give up. */
  | { readonly kind: 'asking'; readonly code: string; readonly place: Claims }
  | { readonly kind: 'claiming'; readonly waiting: boolean }
  /** `fresh`: claimed just now. */
  | { readonly kind: 'paired'; readonly place: Claims; readonly fresh: boolean }
  | { readonly kind: 'failed'; readonly failure: ApiFailure };

export type Pair = {
  readonly state: ReadonlySignal<PairState>;
  readonly use: (code: string) => Promise<void>;
  /** Of `asking`: gives the old place up for the new one, or keeps it. */
  readonly take: () => void;
  readonly keepPlace: () => void;
  readonly enterAnother: () => void;
  readonly giveUp: () => Promise<void>;
};

/** A code that is being claimed: the page may be reloaded before an answer has come, and its address has it no more. */
const PENDING = 'pairing-code';
const ROUND_MS = 20_000;

/** @param brought the code of the address */
export function openPair(brought: string | null): Pair {
  const state = signal<PairState>({ kind: 'opening' });
  /** The code that is being claimed; another one that is entered meanwhile takes its place. */
  let current: string | null = null;

  async function begin(): Promise<void> {
    const pending = await kept(PENDING, text);
    if (brought !== null) return await use(brought);
    if (pending !== undefined) return await claim(pending);
    const place = await placeOf();
    state.value = place === null ? { kind: 'entry', forgotten: false } : { kind: 'paired', place, fresh: false };
  }

  async function use(code: string): Promise<void> {
    const place = await placeOf();
    const isPending = (await kept(PENDING, text)) === code;
    if (place !== null && !isPending) state.value = { kind: 'asking', code, place };
    else await claim(code);
  }

  async function claim(code: string): Promise<void> {
    current = code;
    state.value = { kind: 'claiming', waiting: false };
    await keep(PENDING, code);
    for (;;) {
      const answer = await claimPairing(code, {
        patienceMs: ROUND_MS,
        onWaiting: () => {
          if (current === code) state.value = { kind: 'claiming', waiting: true };
        },
      });
      if (current !== code) return;
      if (!answer.ok && answer.failure.kind === 'unreachable') continue;
      await forget(PENDING);
      if (answer.ok) {
        // A token that a link had brought to this tab would go before the new place.
        dropToken();
        state.value = { kind: 'paired', place: answer.value, fresh: true };
      } else state.value = { kind: 'failed', failure: answer.failure };
      return;
    }
  }

  void begin();

  return {
    state,
    use,
    take: () => {
      const now = state.peek();
      if (now.kind === 'asking') void claim(now.code);
    },
    keepPlace: () => {
      const now = state.peek();
      if (now.kind === 'asking') state.value = { kind: 'paired', place: now.place, fresh: false };
    },
    enterAnother: () => {
      current = null;
      void forget(PENDING);
      state.value = { kind: 'entry', forgotten: false };
    },
    giveUp: async () => {
      await forgetDevice();
      state.value = { kind: 'entry', forgotten: true };
    },
  };
}

async function placeOf(): Promise<Claims | null> {
  const paired = await readPaired();
  return paired === null ? null : readClaims(paired.token);
}
