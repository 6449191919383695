import type { Corner } from '../../../domain/corner.ts';
import { words } from '../strings/common.ts';
import type { View } from '../wire/frames.ts';

/** The corner that a `fighter_id` stands for: the wire's own names, or the id registered with the bout. */
export function cornerOf(bout: View['bout'], fighterId: string | null): Corner | null {
  if (fighterId === null) return null;
  if (fighterId === 'fighter1' || fighterId === bout.fighter1.id) return 'red';
  if (fighterId === 'fighter2' || fighterId === bout.fighter2.id) return 'blue';
  return null;
}

/** Triangle for red, square for blue: told apart without colour, also very small. */
export function CornerShape({ corner }: { readonly corner: Corner }) {
  return (
    <svg class={`shape ${corner}`} viewBox="0 0 12 12" aria-hidden="true" focusable="false">
      {corner === 'red' ? <path d="M6 1 11.6 11H.4Z" /> : <rect x="1" y="1" width="10" height="10" rx="1" />}
    </svg>
  );
}

type CornerMarkProps = { readonly corner: Corner; readonly label?: string };

/** Shape and word together; a label that says more must still name the corner. */
export function CornerMark({ corner, label = words.corner[corner] }: CornerMarkProps) {
  return (
    <span class={`corner-mark ${corner}`}>
      <CornerShape corner={corner} />
      <span>{label}</span>
    </span>
  );
}
