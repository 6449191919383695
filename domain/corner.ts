export const CORNERS = ['red', 'blue'] as const;

export type Corner = (typeof CORNERS)[number];

export function otherCorner(corner: Corner): Corner {
  return corner === 'red' ? 'blue' : 'red';
}
