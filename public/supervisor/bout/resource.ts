import { effect, type ReadonlySignal, signal } from '@preact/signals';
import type { Credential } from '../../shared/device/credential.ts';
import { type ApiFailure, getJson } from '../../shared/wire/api.ts';
import type { Decode } from '../../shared/wire/decode.ts';

/** Something that is read from the server again whenever what it depends on has changed. */
export type Resource<T> = {
  /** The last good answer of this address; null before the first. */
  readonly value: ReadonlySignal<T | null>;
  /** Why the last attempt gave none. */
  readonly failure: ReadonlySignal<ApiFailure | null>;
  readonly refresh: () => void;
  readonly stop: () => void;
};

export type ResourceOptions<T> = {
  readonly credential: Credential;
  /** Reads signals; null: nothing to read. Another address empties the value. */
  readonly path: () => string | null;
  readonly decode: Decode<T>;
  /** Reads signals; a change asks again. */
  readonly trigger: () => unknown;
  /** No two requests are closer together than this. */
  readonly gapMs?: number;
};

const AGAIN_MS = 3_000;

export function openResource<T>({ credential, path, decode, trigger, gapMs = 250 }: ResourceOptions<T>): Resource<T> {
  const value = signal<T | null>(null);
  const failure = signal<ApiFailure | null>(null);
  let address: string | null = null;
  let asking: AbortController | null = null;
  let askedMs = Number.NEGATIVE_INFINITY;
  let dirty = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function want(): void {
    dirty = true;
    if (asking !== null) return;
    clearTimeout(timer);
    timer = setTimeout(() => void ask(), Math.max(0, askedMs + gapMs - performance.now()));
  }

  async function ask(): Promise<void> {
    const asked = address;
    if (asked === null) return;
    dirty = false;
    askedMs = performance.now();
    const mine = new AbortController();
    asking = mine;
    const answer = await getJson(asked, decode, credential, mine.signal);
    // Another address has been asked for meanwhile: this answer is nobody's.
    if (asking !== mine) return;
    asking = null;
    if (answer.ok) value.value = answer.value;
    failure.value = answer.ok ? null : answer.failure;
    if (dirty) want();
    else if (!answer.ok && answer.failure.kind === 'unreachable') timer = setTimeout(() => void ask(), AGAIN_MS);
  }

  const stopEffect = effect(() => {
    const next = path();
    trigger();
    if (next !== address) {
      address = next;
      asking?.abort();
      asking = null;
      clearTimeout(timer);
      value.value = null;
      failure.value = null;
      askedMs = Number.NEGATIVE_INFINITY;
    }
    if (next !== null) want();
  });

  return {
    value,
    failure,
    refresh: want,
    stop: () => {
      stopEffect();
      clearTimeout(timer);
      asking?.abort();
      asking = null;
      address = null;
    },
  };
}
