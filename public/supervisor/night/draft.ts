import { type ReadonlySignal, signal } from '@preact/signals';
import { forget, type Json, keep, kept } from '../../shared/device/store.ts';
import type { Decode } from '../../shared/wire/decode.ts';

/** What is being typed, also after a reload. Null until the device has been asked for what was typed before. */
export type Draft<T> = {
  readonly value: ReadonlySignal<T | null>;
  readonly set: (next: T) => void;
  /** Sent: it stays on the screen, and the device need not keep it any more. */
  readonly sent: () => Promise<void>;
  /** Done with: the next one starts empty. */
  readonly clear: () => Promise<void>;
};

export function openDraft<T extends Json>(key: string, decode: Decode<T>, first: () => T): Draft<T> {
  const value = signal<T | null>(null);
  void kept(key, decode).then((before) => {
    value.value ??= before ?? first();
  });
  return {
    value,
    set: (next) => {
      value.value = next;
      void keep(key, next);
    },
    sent: async () => await forget(key),
    clear: async () => {
      value.value = first();
      await forget(key);
    },
  };
}
