import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { ApiFailure } from '../shared/wire/api.ts';
import type { Decode } from '../shared/wire/decode.ts';
import type { Reach } from './reach.ts';

/** What the server says at an address. */
export type Asked<T> = {
  /** The last good answer of this address; null before the first. */
  readonly value: T | null;
  /** Why there is none, or why what is shown may be old. */
  readonly failure: ApiFailure | null;
  readonly again: () => void;
};

/** @param path null: nothing to ask. Another address empties the value. */
export function useAsked<T>(reach: Reach, path: string | null, decode: Decode<T>): Asked<T> {
  const said = useSignal<{
    readonly path: string | null;
    readonly value: T | null;
    readonly failure: ApiFailure | null;
  }>({
    path: null,
    value: null,
    failure: null,
  });
  const tries = useSignal(0);
  const decoding = useRef(decode);
  useEffect(() => {
    if (path === null) return;
    const ended = new AbortController();
    void reach.get(path, decoding.current, reach.credential, ended.signal).then((answer) => {
      if (ended.signal.aborted) return;
      const before = said.peek();
      const known = before.path === path ? before.value : null;
      // What the server refuses now is not to be seen from before; what it cannot be asked for stays, and is told as old.
      const kept = answer.ok ? answer.value : answer.failure.kind === 'unreachable' ? known : null;
      said.value = { path, value: kept, failure: answer.ok ? null : answer.failure };
    });
    return () => ended.abort();
  }, [path, reach.returns.value, tries.value]);
  const now = said.value;
  const again = (): void => {
    tries.value += 1;
  };
  return now.path === path ? { value: now.value, failure: now.failure, again } : { value: null, failure: null, again };
}
