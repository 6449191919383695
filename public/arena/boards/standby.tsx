import { board } from '../../shared/board/words.ts';
import { arena } from '../../shared/strings/arena.ts';
import type { View } from '../../shared/wire/frames.ts';
import type { NextBout } from '../next.ts';
import { CornerBand } from './parts.tsx';

type Props = { readonly view: View | null; readonly next: NextBout | null; readonly words: string };

export function StandbyBoard({ view, next, words }: Props) {
  return (
    <>
      <h1 class="standby-event">{view === null ? words : view.bout.event}</h1>
      {view !== null && view.bout.promotion !== '' && <p class="standby-promotion">{view.bout.promotion}</p>}
      {view?.bout.simulated === true && <p class="simulated">{board.simulated}</p>}
      {next !== null && (
        <section class="standby-next">
          <h2>{arena.nextBout}</h2>
          <p class="standby-names">
            <span class="standby-name">
              <CornerBand corner="red" />
              <b>{next.red}</b>
            </span>
            <span class="standby-versus">{board.versus}</span>
            <span class="standby-name">
              <CornerBand corner="blue" />
              <b>{next.blue}</b>
            </span>
          </p>
        </section>
      )}
    </>
  );
}
