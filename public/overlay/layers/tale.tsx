import type { Corner } from '../../../domain/corner.ts';
import { nameOf } from '../../shared/board/board.ts';
import { taleLines } from '../../shared/board/particulars.ts';
import type { Photos } from '../../shared/board/photos.ts';
import { board } from '../../shared/board/words.ts';
import { CornerShape } from '../../shared/look/corner.tsx';
import type { Fighters } from '../../shared/wire/fighters.ts';
import type { View } from '../../shared/wire/frames.ts';
import { CornerBlock } from './corner-block.tsx';
import { fitOf } from './fit.ts';

type Props = { readonly view: View; readonly fighters: Fighters | null; readonly photos: Photos };

/** The tale of the tape: only what is known, and a line only where something is known of one of the two. */
export function Tale({ view, fighters, photos }: Props) {
  const lines = fighters === null ? [] : taleLines(fighters.red, fighters.blue);
  const known = { view, fighters, photos };
  return (
    <div class="tale plate">
      <div class="tale-head">
        <Fighter corner="red" {...known} />
        <span class="tale-versus">{board.versus}</span>
        <Fighter corner="blue" {...known} />
      </div>
      {lines.length > 0 && (
        <table class="tale-lines">
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
      )}
    </div>
  );
}

function Fighter({ view, fighters, photos, corner }: Props & { readonly corner: Corner }) {
  const facts = fighters?.[corner] ?? null;
  const photo = photos.of(facts?.photo_url ?? null).value;
  const name = nameOf(view, corner);
  // Room is kept where there is a photo of the other.
  const hasPhoto = fighters !== null && (fighters.red.photo_url !== null || fighters.blue.photo_url !== null);
  return (
    <div class={`tale-fighter ${corner}`}>
      {photo !== null ? (
        <img class="tale-photo" src={photo} alt={board.photoOf(name)} />
      ) : (
        hasPhoto && (
          <span class="tale-photo no-photo">
            <CornerShape corner={corner} />
          </span>
        )
      )}
      <div class="tale-who">
        <CornerBlock corner={corner} />
        <span class={`tale-name ${fitOf(name)}`}>{name}</span>
        {facts?.nickname != null && <span class="tale-nickname">{facts.nickname}</span>}
      </div>
    </div>
  );
}
