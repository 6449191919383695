import { type ReadonlySignal, signal } from '@preact/signals';
import { localNow } from '../shared/live/timesync.ts';
import type { Score } from './score.ts';
import { ARM_MS, CHOOSING, type SubmitEvent, stepSubmit, type Submitting } from './submit.ts';

export type SubmitSteps = {
  readonly submitting: ReadonlySignal<Submitting>;
  /** Whether the review has stood long enough to be confirmed. */
  readonly armed: ReadonlySignal<boolean>;
  readonly submit: (event: SubmitEvent) => void;
  readonly stop: () => void;
};

/** Runs the two steps of a submission. @param store puts it on the device; false where that failed */
export function openSubmitting(store: (round: number, score: Score) => Promise<boolean>): SubmitSteps {
  const submitting = signal<Submitting>(CHOOSING);
  const armed = signal(false);
  let timer: ReturnType<typeof setTimeout> | undefined;

  function submit(event: SubmitEvent): void {
    const before = submitting.peek();
    const next = stepSubmit(before, event, localNow());
    if (next === before) return;
    submitting.value = next;
    clearTimeout(timer);
    armed.value = false;
    if (next.step === 'review') arm(next.sinceMs);
    if (next.step === 'storing') void carryOut(next.round, next.score);
  }

  function arm(sinceMs: number): void {
    timer = setTimeout(
      () => {
        armed.value = true;
      },
      // Timers round down: the button must not be alive before the step is.
      Math.ceil(sinceMs + ARM_MS - localNow()) + 1,
    );
  }

  async function carryOut(round: number, score: Score): Promise<void> {
    submit({ type: (await store(round, score)) ? 'stored' : 'failed' });
  }

  return { submitting, armed, submit, stop: () => clearTimeout(timer) };
}
