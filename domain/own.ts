/** A member of a record keyed by callers' ids: `constructor` and `__proto__` are lawful ids too. */
export function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
