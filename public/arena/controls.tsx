import type { Signal } from '@preact/signals';
import { type BoardFacts, type BoardName, BOARDS, hasBoard } from '../shared/board/phase.ts';
import { arena } from '../shared/strings/arena.ts';
import { isFullScreen, toggleFullScreen } from './full-screen.ts';

type Props = { readonly wanted: Signal<BoardName | 'auto'>; readonly shown: BoardName; readonly facts: BoardFacts };

/** For whoever stands at the machine: away as soon as nobody moves the pointer. */
export function Controls({ wanted, shown, facts }: Props) {
  const choices = ['auto', ...BOARDS] as const;
  return (
    <nav class="controls" aria-label={arena.controls}>
      {choices.map((choice, i) => (
        <button
          key={choice}
          type="button"
          class={choice === shown ? 'is-shown' : ''}
          aria-pressed={wanted.value === choice}
          onClick={() => {
            wanted.value = choice;
          }}
        >
          {choice === 'auto' ? arena.auto : arena.boards[choice]} <kbd>{arena.key(String(i))}</kbd>
          {choice !== 'auto' && !hasBoard(choice, facts) && <small>{arena.notYet}</small>}
        </button>
      ))}
      <button type="button" onClick={() => void toggleFullScreen()}>
        {isFullScreen.value ? arena.leaveFullScreen : arena.fullScreen} <kbd>{arena.key('F')}</kbd>
      </button>
    </nav>
  );
}
