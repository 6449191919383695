import type { Signal } from '@preact/signals';
import { type BoardName, BOARDS } from '../shared/board/phase.ts';
import { toggleFullScreen } from './full-screen.ts';

/** 1 to 5 name a board, 0 leaves the choice to the bout, F fills the screen. */
export function listenToKeys(wanted: Signal<BoardName | 'auto'>): () => void {
  const onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.key === 'f' || event.key === 'F') void toggleFullScreen();
    else if (event.key === '0') wanted.value = 'auto';
    else {
      const named = /^[1-5]$/.test(event.key) ? BOARDS[Number(event.key) - 1] : undefined;
      if (named !== undefined) wanted.value = named;
    }
  };
  addEventListener('keydown', onKey);
  return () => removeEventListener('keydown', onKey);
}
