import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Dialog } from '../shared/look/dialog.tsx';
import { operatorWords } from '../shared/strings/operator.ts';
import { type Code, type CommandId, DEFAULT_KEYS, STEERING } from './keys/commands.ts';
import { holderOf, isDefault, isUsable, withKey } from './keys/keymap.ts';
import { legendOf } from './keys/legend.ts';
import type { Operator } from './model.ts';
import { ACTION_IDS, isBackfillId, isHoldId } from './palette.ts';

/** What waits for a key, or for a word about the key that it was given. */
type Asking =
  | { readonly step: 'press'; readonly id: CommandId }
  | { readonly step: 'conflict'; readonly id: CommandId; readonly code: Code; readonly holder: CommandId };

const isControl = (id: CommandId): boolean => isHoldId(id) || isBackfillId(id) || id === 'backfill_kind';

const SECTIONS: readonly (readonly [string, readonly CommandId[]])[] = [
  [operatorWords.keysGroups.actions, ACTION_IDS],
  [operatorWords.keysGroups.control, STEERING.filter(isControl)],
  [operatorWords.keysGroups.steering, STEERING.filter((id) => !isControl(id))],
];

/** Every command with its key; one press on a line and one on the keyboard changes it. */
export function KeysDialog({ operator, onClose }: { readonly operator: Operator; readonly onClose: () => void }) {
  const { state, layout } = operator;
  const asking = useSignal<Asking | null>(null);
  const note = useSignal('');
  const legend = (code: Code | null): string => (code === null ? operatorWords.keysNone : legendOf(code, layout.value));

  function give(id: CommandId, code: Code): void {
    state.setKeys(withKey(state.keys.peek(), id, code));
    asking.value = null;
    note.value = operatorWords.keysChanged(operatorWords.commands[id], legend(code));
  }

  useEffect(() => {
    // Before the dialog and before whatever has the focus: Tab and Space are keys like others here.
    const onKey = (event: KeyboardEvent): void => {
      const now = asking.peek();
      if (now?.step !== 'press') return;
      event.preventDefault();
      event.stopPropagation();
      if (event.repeat) return;
      if (event.code === 'Escape') {
        asking.value = null;
        note.value = '';
        return;
      }
      if (/^(?:Shift|Control|Alt|Meta)/.test(event.code)) return;
      if (!isUsable(event.code)) {
        note.value = operatorWords.keysReserved(legend(event.code));
        return;
      }
      const holder = holderOf(state.keys.peek(), now.id, event.code);
      if (holder === null) give(now.id, event.code);
      else asking.value = { step: 'conflict', id: now.id, code: event.code, holder };
    };
    addEventListener('keydown', onKey, { capture: true });
    return () => removeEventListener('keydown', onKey, { capture: true });
  }, []);

  const now = asking.value;
  return (
    <Dialog title={operatorWords.keysTitle} onClose={onClose}>
      <p class="hint">{operatorWords.keysHint}</p>
      {!state.keysKept.value && <p class="warn-text">{operatorWords.keysNotKept}</p>}
      <div class="keys-note" role="status">
        {now?.step === 'press' ? operatorWords.keysPress : now === null ? note.value : null}
        {now?.step === 'press' && note.value !== '' && <span> {note.value}</span>}
        {now?.step === 'conflict' && (
          <>
            <span>{operatorWords.keysConflict(legend(now.code), operatorWords.commands[now.holder])}</span>
            <button type="button" onClick={() => give(now.id, now.code)}>
              {operatorWords.keysSwap}
            </button>
            <button
              type="button"
              onClick={() => {
                asking.value = null;
              }}
            >
              {operatorWords.keysKeep}
            </button>
          </>
        )}
      </div>
      {SECTIONS.map(([title, ids]) => (
        <section key={title} class="keys-section">
          <h3>{title}</h3>
          <ul class="keys-list">
            {ids.map((id) => (
              <li key={id} class={state.keys.value[id] === DEFAULT_KEYS[id] ? '' : 'changed'}>
                <button
                  type="button"
                  class={`keys-line ${now?.id === id ? 'asking' : ''}`}
                  data-key-of={id}
                  onClick={() => {
                    note.value = '';
                    asking.value = { step: 'press', id };
                  }}
                >
                  <span>{operatorWords.commands[id]}</span>
                  <kbd class="key-cap">{legend(state.keys.value[id])}</kbd>
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
      <button
        type="button"
        disabled={isDefault(state.keys.value)}
        onClick={() => {
          asking.value = null;
          note.value = '';
          state.setKeys(DEFAULT_KEYS);
        }}
      >
        {operatorWords.keysReset}
      </button>
    </Dialog>
  );
}
