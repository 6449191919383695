import type { Corner } from '../../../domain/corner.ts';
import { cornerOf } from '../look/corner.tsx';
import type { View } from '../wire/frames.ts';

type Knockdowns = Readonly<Record<Corner, { readonly count: number; readonly pending: number }>>;

/** The knockdowns of the current round that each corner scored; `pending` wait for the referee. */
export function knockdownsIn(view: View): Knockdowns {
  const of = (corner: Corner) => {
    const scored = view.redline_moments.filter(
      (moment) => moment.event_type === 'KD' && cornerOf(view.bout, moment.fighter_id) === corner,
    );
    return { count: scored.length, pending: scored.filter((moment) => moment.pending).length };
  };
  return { red: of('red'), blue: of('blue') };
}
