import type { Corner } from '../../../domain/corner.ts';
import { type Board, nameOf } from '../../shared/board/board.ts';
import { taleLines } from '../../shared/board/particulars.ts';
import { hasParticulars } from '../../shared/board/phase.ts';
import { board as words } from '../../shared/board/words.ts';
import { CornerMark } from '../../shared/look/corner.tsx';
import { commentary } from '../../shared/strings/commentary.ts';
import type { View } from '../../shared/wire/frames.ts';

export function FighterSheet({ board, view }: { readonly board: Board; readonly view: View }) {
  const fighters = board.fighters.value;
  const lines = fighters === null ? [] : taleLines(fighters.red, fighters.blue);
  return (
    <section class="panel fighters" aria-labelledby="fighters-title">
      <h2 id="fighters-title">{commentary.fighters}</h2>
      <table class="tale">
        <thead>
          <tr>
            <Head board={board} view={view} corner="red" />
            <td />
            <Head board={board} view={view} corner="blue" />
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.label}>
              <td>{line.red ?? words.unknown}</td>
              <th scope="row">{line.label}</th>
              <td>{line.blue ?? words.unknown}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {!hasParticulars(fighters) && <p class="hint">{commentary.noParticulars}</p>}
    </section>
  );
}

type HeadProps = { readonly board: Board; readonly view: View; readonly corner: Corner };

function Head({ board, view, corner }: HeadProps) {
  const facts = board.fighters.value?.[corner] ?? null;
  const photo = board.photos.of(facts?.photo_url ?? null).value;
  const name = nameOf(view, corner);
  return (
    <th scope="col" class={`tale-head ${corner}`}>
      {photo !== null && <img class="tale-photo" src={photo} alt={words.photoOf(name)} />}
      <CornerMark corner={corner} />
      <span class="tale-name">{name}</span>
      {facts?.nickname != null && <span class="tale-nickname">{facts.nickname}</span>}
    </th>
  );
}
