import { signal } from '@preact/signals';
import type { Scanner } from './scanner.tsx';

const loaded = signal<{ readonly Scanner: typeof Scanner } | null>(null);

/** The scanner is fetched by who wants to scan; most people open the link with their camera app. */
export const lazyScanner = {
  get value(): typeof Scanner | null {
    return loaded.value?.Scanner ?? null;
  },
  load: async (): Promise<void> => {
    loaded.value ??= await import('./scanner.tsx');
  },
};
