import { signal } from '@preact/signals';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { heldBack, unlessWithdrawn } from '../../../public/shared/board/held-back.ts';

describe('what is held back', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('appears after its time, in its order, and not at all once it is stopped', () => {
    const source = signal('a');
    const { shown, stop } = heldBack(source, 'nothing', () => 1_000);
    expect(shown.value).toBe('nothing');
    vi.advanceTimersByTime(400);
    source.value = 'b';
    vi.advanceTimersByTime(599);
    expect(shown.value).toBe('nothing');
    vi.advanceTimersByTime(1);
    expect(shown.value).toBe('a');
    vi.advanceTimersByTime(400);
    expect(shown.value).toBe('b');
    source.value = 'c';
    stop();
    vi.advanceTimersByTime(5_000);
    expect(shown.value).toBe('b');
  });

  it('never overtakes what came before it', () => {
    const source = signal(2_000);
    const { shown, stop } = heldBack(source, 0, (dueInMs) => dueInMs);
    source.value = 500;
    vi.advanceTimersByTime(1_000);
    expect(shown.value).toBe(0);
    vi.advanceTimersByTime(1_000);
    expect(shown.value).toBe(500);
    stop();
  });

  it('shows at once what is due already', () => {
    const source = signal('old');
    const { shown, stop } = heldBack(source, 'nothing', () => -5);
    expect(shown.value).toBe('old');
    stop();
  });

  it('is gone at once where its release is taken back, and nothing else is', () => {
    const source = signal<{ bout: string; says: string } | null>({ bout: 'b1', says: 'first' });
    const withdrawn = signal<string | null>(null);
    const { shown: late, stop } = heldBack(source, null, () => 1_000);
    const shown = unlessWithdrawn(late, withdrawn, ({ bout }) => bout);
    vi.advanceTimersByTime(1_000);
    expect(shown.value?.says).toBe('first');
    source.value = { bout: 'b1', says: 'second' };
    withdrawn.value = 'b2';
    expect(shown.value?.says).toBe('first');
    withdrawn.value = 'b1';
    source.value = null;
    expect(shown.value).toBeNull();
    // What was still on its way when it happened does not come either.
    vi.advanceTimersByTime(999);
    expect(shown.value).toBeNull();
    withdrawn.value = null;
    vi.advanceTimersByTime(1);
    expect(shown.value).toBeNull();
    stop();
  });
});
