import type { Corner } from '../../../domain/corner.ts';
import { nameOf } from '../../shared/board/board.ts';
import { taleLines } from '../../shared/board/particulars.ts';
import type { Photos } from '../../shared/board/photos.ts';
import type { Fighters } from '../../shared/wire/fighters.ts';
import { board } from '../../shared/board/words.ts';
import type { View } from '../../shared/wire/frames.ts';
import { CornerBand, EventLine, hasPhoto, nameSize, Photo } from './parts.tsx';

type Props = { readonly view: View; readonly fighters: Fighters | null; readonly photos: Photos };

/** From far off seven lines are what can be read; the first are what is announced. */
const LINES = 7;

export function TaleBoard({ view, fighters, photos }: Props) {
  const lines = fighters === null ? [] : taleLines(fighters.red, fighters.blue).slice(0, LINES);
  const known = { view, fighters, photos };
  return (
    <>
      <EventLine view={view} />
      <div class="tale-grid">
        <Fighter corner="red" {...known} />
        {lines.length > 0 ? (
          <table class="tale-table">
            <tbody>
              {lines.map((line) => (
                <tr key={line.label}>
                  <td>{line.red ?? board.unknown}</td>
                  <th scope="row">{line.label}</th>
                  <td>{line.blue ?? board.unknown}</td>
                </tr>
              ))}
            </tbody>
          </table>
        ) : (
          <p class="versus">{board.versus}</p>
        )}
        <Fighter corner="blue" {...known} />
      </div>
    </>
  );
}

function Fighter({ view, fighters, photos, corner }: Props & { readonly corner: Corner }) {
  const name = nameOf(view, corner);
  const facts = fighters?.[corner] ?? null;
  return (
    <div class={`tale-person ${corner}`}>
      <Photo url={facts?.photo_url ?? null} name={name} photos={photos} keepRoom={hasPhoto(fighters) ? corner : null} />
      <CornerBand corner={corner} />
      <p class={`name ${nameSize(name)}`}>{name}</p>
      {facts?.nickname != null && <p class="nickname">{facts.nickname}</p>}
    </div>
  );
}
