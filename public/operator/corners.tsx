import type { Corner } from '../../domain/corner.ts';
import { CORNERS } from '../../domain/corner.ts';
import { CornerMark } from '../shared/look/corner.tsx';
import { words } from '../shared/strings/common.ts';
import { operatorWords } from '../shared/strings/operator.ts';
import type { View } from '../shared/wire/frames.ts';
import { KeyCap, usePress } from './key-button.tsx';
import type { Operator } from './model.ts';
import { mayCorner } from './permits.ts';

/** Whose actions are logged: red left, blue right, the chosen one large and plain. */
export function Corners({ operator, view }: { readonly operator: Operator; readonly view: View }) {
  return (
    <section class="corners" aria-label={operatorWords.corners}>
      {CORNERS.map((corner) => (
        <CornerButton key={corner} operator={operator} view={view} corner={corner} />
      ))}
    </section>
  );
}

type CornerButtonProps = { readonly operator: Operator; readonly view: View; readonly corner: Corner };

function CornerButton({ operator, view, corner }: CornerButtonProps) {
  const { state, perform } = operator;
  const command = corner === 'red' ? 'corner_red' : 'corner_blue';
  const chosen = state.modes.value.corner === corner;
  const may = mayCorner(state.permits.value, corner);
  const press = usePress(() => perform(command, false));
  const fighter = corner === 'red' ? view.bout.fighter1 : view.bout.fighter2;
  return (
    <button
      type="button"
      class={`corner-button ${corner} ${chosen ? 'chosen' : ''}`}
      data-command={command}
      aria-pressed={chosen}
      aria-disabled={may ? undefined : 'true'}
      {...press}
    >
      <span class="corner-head">
        <CornerMark corner={corner} label={words.cornerLong[corner]} />
        {may ? <KeyCap operator={operator} command={command} /> : <span class="barred">{operatorWords.notYours}</span>}
      </span>
      <span class="corner-name">{fighter.name}</span>
      <span class="corner-state">{chosen ? operatorWords.selected : may ? operatorWords.switchTo : ''}</span>
    </button>
  );
}
