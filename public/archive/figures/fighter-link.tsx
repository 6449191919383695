import { addressOf } from '../place.ts';
import type { Names } from './names.ts';

type LinkProps = { readonly id: string; readonly names: Names; readonly isSimulated: boolean };

export function FighterLink({ id, names, isSimulated }: LinkProps) {
  return (
    <a class="fighter-link" href={addressOf({ view: 'fighter', fighterId: id, simulated: isSimulated })}>
      {names.get(id) ?? id}
    </a>
  );
}
