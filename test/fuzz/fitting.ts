import type { Document } from './document.ts';
import type { Known } from './tree.ts';

/** By name, the values that make sense together in a request of one operation. */
export type Fitting = Readonly<Record<string, readonly unknown[]>>;

/** What fits a request of this operation at this moment; empty where anything that is known does. */
export type Fittings = (key: string) => Fitting;

/**
 * From what the world says for each operation. A list is made when its request is: a signature is over the present.
 * @throws Error where the document has no such operation, which would never be asked for
 */
export function fittingsOf(document: Document, byKey: Readonly<Record<string, () => Fitting>>): Fittings {
  const keys = new Set(document.operations.map(({ key }) => key));
  for (const key of Object.keys(byKey)) if (!keys.has(key)) throw new Error(`The document has no ${key}.`);
  const made = new Map(Object.entries(byKey));
  return (key) => made.get(key)?.() ?? {};
}

/** What fits comes first, mostly; one in eight is whatever is known, so that things that do not go together meet. */
export function fittingFirst(fitting: Fitting, known: Known): Known {
  return (name, pick, schema) => {
    const values = Object.hasOwn(fitting, name) ? (fitting[name] ?? []) : [];
    const isOther = values.length === 0 || pick % 8 === 0;
    return isOther ? known(name, pick, schema) : values[Math.floor(pick / 8) % values.length];
  };
}
