/** Simulated seconds for a real one. */
export const SPEEDS = [1, 2, 4] as const;

export type Speed = (typeof SPEEDS)[number];

/**
 * How the position moves: it stands, runs from an anchor, or sticks to the end of a round that is still going on.
 * Nothing is counted up, so a tab that slept shows the right second when it wakes.
 */
export type Motion =
  | { readonly kind: 'standing'; readonly at: number }
  | { readonly kind: 'playing'; readonly from: number; readonly sinceMs: number; readonly speed: Speed }
  | { readonly kind: 'following' };

/** @param reached seconds of the round that there are to see */
export function positionOf(motion: Motion, nowMs: number, reached: number): number {
  switch (motion.kind) {
    case 'standing':
      return clamp(motion.at, reached);
    case 'playing': {
      const ran = (Math.max(0, nowMs - motion.sinceMs) / 1_000) * motion.speed;
      return clamp(Math.floor(motion.from + ran), reached);
    }
    case 'following':
      return reached;
  }
}

/** What playing becomes at the end of what there is: it follows a round that goes on, and stands where that is over. */
export function settled(motion: Motion, nowMs: number, reached: number, isGrowing: boolean): Motion {
  if (motion.kind === 'following' && !isGrowing) return { kind: 'standing', at: reached };
  if (motion.kind !== 'playing' || positionOf(motion, nowMs, reached) < reached) return motion;
  return isGrowing ? { kind: 'following' } : { kind: 'standing', at: reached };
}

/** From the end, playing begins again at the bell. */
export function played(motion: Motion, nowMs: number, reached: number, speed: Speed): Motion {
  const at = positionOf(motion, nowMs, reached);
  return { kind: 'playing', from: at >= reached ? 0 : at, sinceMs: nowMs, speed };
}

/** Another speed goes on from where it is. */
export function quickened(motion: Motion, nowMs: number, reached: number, speed: Speed): Motion {
  if (motion.kind !== 'playing') return motion;
  return { kind: 'playing', from: positionOf(motion, nowMs, reached), sinceMs: nowMs, speed };
}

/** Where a key of the slider leads, in seconds; null for a key that is none of its. */
export function soughtByKey(key: string, shift: boolean, position: number, reached: number): number | null {
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return clamp(position - (shift ? 10 : 1), reached);
    case 'ArrowRight':
    case 'ArrowUp':
      return clamp(position + (shift ? 10 : 1), reached);
    case 'PageDown':
      return clamp(position - 30, reached);
    case 'PageUp':
      return clamp(position + 30, reached);
    case 'Home':
      return 0;
    case 'End':
      return reached;
    default:
      return null;
  }
}

export function clamp(position: number, reached: number): number {
  return Math.min(Math.max(position, 0), reached);
}
