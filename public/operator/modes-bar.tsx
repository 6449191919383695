import { type Position, POSITIONS, type Target, TARGETS } from '../../domain/actions/index.ts';
import { operatorWords } from '../shared/strings/operator.ts';
import { KeyButton, KeyCap, usePress } from './key-button.tsx';
import type { Operator } from './model.ts';
import { withTarget } from './modes.ts';

/** Position, target and significance of what is logged next; always on screen. */
export function ModesBar({ operator }: { readonly operator: Operator }) {
  const { state } = operator;
  const modes = state.modes.value;
  return (
    <section class="modes panel">
      <div class="mode" role="group" aria-labelledby="mode-position">
        <p class="mode-head">
          <span class="group-title" id="mode-position">
            {operatorWords.position}
          </span>
          <KeyCap operator={operator} command="position" />
          <span class="mode-hint">{operatorWords.positionHint}</span>
        </p>
        <div class="segments">
          {POSITIONS.map((position) => (
            <PositionButton key={position} operator={operator} position={position} />
          ))}
        </div>
      </div>
      <div class="mode" role="group" aria-labelledby="mode-target">
        <p class="mode-head">
          <span class="group-title" id="mode-target">
            {operatorWords.target}
          </span>
          <span class="mode-hint">{operatorWords.targetHint}</span>
        </p>
        <div class="segments">
          <TargetNone operator={operator} />
          {TARGETS.map((target) => (
            <KeyButton
              key={target}
              operator={operator}
              command={TARGET_COMMAND[target]}
              class="segment"
              label={operatorWords.targets[target]}
              on={modes.target === target}
            />
          ))}
        </div>
      </div>
      <div class="mode" role="group" aria-labelledby="mode-significance">
        <p class="mode-head">
          <span class="group-title" id="mode-significance">
            {operatorWords.significance}
          </span>
          <span class="mode-hint">{operatorWords.significanceHint}</span>
        </p>
        <div class="segments">
          <KeyButton
            operator={operator}
            command="significance"
            class="segment"
            label={operatorWords.significanceAll}
            on={modes.significant || state.shift.value}
          >
            <span class={`shift-lamp ${state.shift.value ? 'lit' : ''}`} aria-hidden="true">
              {operatorWords.shiftNow}
            </span>
          </KeyButton>
        </div>
      </div>
    </section>
  );
}

const TARGET_COMMAND = { head: 'target_head', body: 'target_body', leg: 'target_leg' } as const satisfies Record<
  Target,
  string
>;

function PositionButton({ operator, position }: { readonly operator: Operator; readonly position: Position }) {
  const { modes } = operator.state;
  const press = usePress(() => {
    modes.value = { ...modes.peek(), position };
  });
  return (
    <button
      type="button"
      class="segment"
      data-position={position}
      aria-pressed={modes.value.position === position}
      {...press}
    >
      {operatorWords.positions[position]}
    </button>
  );
}

function TargetNone({ operator }: { readonly operator: Operator }) {
  const { modes } = operator.state;
  const press = usePress(() => {
    modes.value = withTarget(modes.peek(), null);
  });
  return (
    <button type="button" class="segment" aria-pressed={modes.value.target === null} {...press}>
      {operatorWords.targetNone}
    </button>
  );
}
