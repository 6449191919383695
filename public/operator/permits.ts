import { type Corner, CORNERS } from '../../domain/corner.ts';
import type { Aspect } from '../../domain/roles/index.ts';
import type { Claims } from '../shared/device/claims.ts';

/** What a link lets its holder log. The server enforces it; the page only says it beforehand. */
export type Permits = { readonly corners: readonly Corner[]; readonly aspects: readonly Aspect[] | null };

export function permitsOf(claims: Pick<Claims, 'corners' | 'aspects'> | null): Permits {
  return { corners: claims?.corners ?? CORNERS, aspects: claims?.aspects ?? null };
}

export function mayCorner(permits: Permits, corner: Corner): boolean {
  return permits.corners.includes(corner);
}

/** What has no aspect (a warning) is nobody's in particular. */
export function mayAspect(permits: Permits, aspect: Aspect | null): boolean {
  return aspect === null || permits.aspects === null || permits.aspects.includes(aspect);
}
