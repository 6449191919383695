import { type KeyClass, readKey } from './keys.ts';
import type { StoredObject } from './plan.ts';

/** Objects of one class and promotion. `promotion` is null where the keys name none. Instants are when they were written. */
export type Usage = {
  readonly class: KeyClass;
  readonly promotion: string | null;
  readonly objects: number;
  readonly bytes: number;
  readonly oldestMs: number;
  readonly newestMs: number;
};

/** By class, then promotion, in the order of their names. */
export function usageOf(objects: Iterable<StoredObject>): readonly Usage[] {
  const sums = new Map<string, Usage>();
  for (const { key, size, uploadedMs } of objects) {
    const { class: keyClass, promotion } = readKey(key);
    const name = `${keyClass}/${promotion ?? ''}`;
    const before = sums.get(name);
    sums.set(name, {
      class: keyClass,
      promotion,
      objects: (before?.objects ?? 0) + 1,
      bytes: (before?.bytes ?? 0) + size,
      oldestMs: Math.min(before?.oldestMs ?? uploadedMs, uploadedMs),
      newestMs: Math.max(before?.newestMs ?? uploadedMs, uploadedMs),
    });
  }
  return [...sums].toSorted(([a], [b]) => (a < b ? -1 : Number(a > b))).map(([, usage]) => usage);
}
