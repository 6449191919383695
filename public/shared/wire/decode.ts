/**
 * Readers for data from the wire. Each takes an unknown value and gives a typed one or `undefined`,
 * so that a page never draws what it did not understand. Unknown fields are passed over: a newer
 * server may send more than this page knows.
 */
export type Decode<T> = (value: unknown) => T | undefined;

type Shape = Readonly<Record<string, Decode<unknown>>>;

export type Decoded<D> = D extends Decode<infer T> ? T : never;

type ObjectOf<S extends Shape> = { readonly [K in keyof S]: Decoded<S[K]> };

export type Bag = Readonly<Record<string, unknown>>;

export function isBag(value: unknown): value is Bag {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export const text: Decode<string> = (value) => (typeof value === 'string' ? value : undefined);

export const truth: Decode<boolean> = (value) => (typeof value === 'boolean' ? value : undefined);

export const number: Decode<number> = (value) =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;

export const bag: Decode<Bag> = (value) => (isBag(value) ? value : undefined);

export function literal<const L extends string>(...allowed: readonly L[]): Decode<L> {
  return (value) => allowed.find((one) => one === value);
}

export function nullable<T>(inner: Decode<T>): Decode<T | null> {
  return (value) => (value === null ? null : inner(value));
}

/** A field that may be missing, or that an older server sends in a form this page does not know. */
export function otherwise<T>(inner: Decode<T>, fallback: T): Decode<T> {
  return (value) => inner(value) ?? fallback;
}

export function list<T>(inner: Decode<T>): Decode<readonly T[]> {
  return (value) => {
    if (!Array.isArray(value)) return undefined;
    const read: T[] = [];
    for (const one of value) {
      const item = inner(one);
      if (item === undefined) return undefined;
      read.push(item);
    }
    return read;
  };
}

export function object<S extends Shape>(shape: S): Decode<ObjectOf<S>> {
  const fields = Object.entries(shape);
  const complete = (read: Record<string, unknown>): read is { [K in keyof S]: Decoded<S[K]> } =>
    fields.every(([name]) => read[name] !== undefined);
  return (value) => {
    if (!isBag(value)) return undefined;
    const read: Record<string, unknown> = {};
    for (const [name, decode] of fields) read[name] = decode(value[name]);
    return complete(read) ? read : undefined;
  };
}

/** JSON text to a value; undefined where it is not JSON. */
export function parseJson(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    return undefined;
  }
}
