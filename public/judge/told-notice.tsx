import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { judgeWords as words } from '../shared/strings/judge.ts';
import type { Judge } from './model.ts';
import { pointsText } from './score.ts';
import { ARM_MS } from './submit.ts';

/**
 * Points that the referee has taken, one at a time, until the judge has said that they are understood. It comes up from
 * below and moves nothing that a finger may be on its way to.
 */
export function Told({ judge }: { readonly judge: Judge }) {
  /** The one that may be acknowledged: not in the moment in which it appears under a finger, and once. */
  const armed = useSignal<string | null>(null);
  const [first, ...rest] = judge.told.value;
  const shown = first?.eventId;
  useEffect(() => {
    if (shown === undefined) return undefined;
    const timer = setTimeout(() => {
      armed.value = shown;
    }, ARM_MS);
    return () => clearTimeout(timer);
  }, [shown]);
  if (first === undefined) return null;
  const { corner, eventId, foul, round } = first;
  const n = pointsText(first.pointsX10);
  return (
    <section class={`told ${corner ?? ''}`} aria-label={words.toldTitle} aria-live="polite">
      <div>
        <p class="told-title">{words.toldTitle}</p>
        <p class="told-what">{corner === null ? words.toldUnknown(n, round) : words.told(corner, n, round)}</p>
        <p class="hint">
          {foul !== null && `${words.toldWhy(foul)} `}
          {words.toldHint}
          {rest.length > 0 && ` ${words.toldMore(rest.length)}`}
        </p>
      </div>
      <button
        type="button"
        class="large primary"
        disabled={armed.value !== eventId}
        onClick={() => {
          armed.value = null;
          void judge.acknowledge(first).then((stored) => {
            if (!stored) armed.value = eventId;
          });
        }}
      >
        {words.understood}
      </button>
    </section>
  );
}
