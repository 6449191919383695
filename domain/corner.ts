export const CORNERS = ['red', 'blue'] as const;

export type Corner = (typeof CORNERS)[number];

export function otherCorner(corner: Corner): Corner {
  return corner === 'red' ? 'blue' : 'red';
}

/** A number of each corner. */
export type Pair = { readonly red: number; readonly blue: number };

export const ZERO_PAIR: Pair = { red: 0, blue: 0 };
