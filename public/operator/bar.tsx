import { otherCorner } from '../../domain/corner.ts';
import { operatorWords } from '../shared/strings/operator.ts';
import { KeyCap, usePress } from './key-button.tsx';
import { legendOf } from './keys/legend.ts';
import type { Line } from './lines.ts';
import type { Operator } from './model.ts';
import { mayCorner } from './permits.ts';
import { sentenceOf } from './words.ts';

/** At the foot of the screen: what was just done, and how to take it back. Its room never changes. */
export function Bar({ operator }: { readonly operator: Operator }) {
  const { state, perform } = operator;
  const line = state.selected.value;
  const said = state.said.value;
  const undo = usePress(() => perform('undo', false));
  return (
    <section class={`bar ${line === null ? '' : 'selecting'}`} aria-label={operatorWords.lines}>
      <div class="bar-text">
        {line === null ? (
          <p class={`said ${said?.tone ?? ''}`} role="status" data-said={said?.tone ?? ''}>
            {said?.text ?? ''}
          </p>
        ) : (
          <Selected operator={operator} line={line} />
        )}
      </div>
      <div class="bar-buttons">
        {line !== null && <SelectedButtons operator={operator} line={line} />}
        <button type="button" class="key-button undo" data-command="undo" {...undo}>
          <span class="key-label">{line === null ? operatorWords.undoLast : operatorWords.undoLine}</span>
          <KeyCap operator={operator} command="undo" />
        </button>
      </div>
    </section>
  );
}

function Selected({ operator, line }: { readonly operator: Operator; readonly line: Line }) {
  const { keys } = operator.state;
  const legend = (command: 'corner_red' | 'corner_blue' | 'undo'): string =>
    legendOf(keys.value[command] ?? operatorWords.keysNone, operator.layout.value);
  return (
    <>
      <p class="said" role="status">
        <b>{operatorWords.selectedLine(sentenceOf(line.corner, line.eventType, line.metadata))}</b>
      </p>
      <p class="hint">{operatorWords.selectedHint(legend('corner_red'), legend('corner_blue'), legend('undo'))}</p>
    </>
  );
}

function SelectedButtons({ operator, line }: { readonly operator: Operator; readonly line: Line }) {
  const { state, perform } = operator;
  const to = line.corner === null ? null : otherCorner(line.corner);
  const give = usePress(() => {
    if (to !== null) perform(to === 'red' ? 'corner_red' : 'corner_blue', false);
  });
  const leave = usePress(() => state.select(null));
  return (
    <>
      <button type="button" class="key-button" {...leave}>
        <span class="key-label">{operatorWords.leaveLine}</span>
        <kbd class="key-cap">{operatorWords.leaveKey}</kbd>
      </button>
      {to !== null && mayCorner(state.permits.value, to) && (
        <button type="button" class="key-button" {...give}>
          <span class="key-label">{operatorWords.otherCorner(to)}</span>
          <KeyCap operator={operator} command={to === 'red' ? 'corner_red' : 'corner_blue'} />
        </button>
      )}
    </>
  );
}

/** What this device could not store. It stays until somebody has read it: what is written here is nowhere else. */
export function Lost({ operator }: { readonly operator: Operator }) {
  const { lost } = operator.state;
  if (lost.value.length === 0) return null;
  return (
    <section class="lost panel" role="alert">
      <ul>
        {lost.value.map((text, at) => (
          <li key={at}>{text}</li>
        ))}
      </ul>
      <button
        type="button"
        onClick={() => {
          lost.value = [];
        }}
      >
        {operatorWords.read}
      </button>
    </section>
  );
}
