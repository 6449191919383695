import type { Corner } from '../../../domain/corner.ts';
import { board } from '../../shared/board/words.ts';
import { CornerShape } from '../../shared/look/corner.tsx';
import type { Photos } from '../../shared/board/photos.ts';
import type { Fighters } from '../../shared/wire/fighters.ts';
import type { View } from '../../shared/wire/frames.ts';

/** The corner as a band of colour with its shape and word. */
export function CornerBand({ corner }: { readonly corner: Corner }) {
  return (
    <span class={`band ${corner}`}>
      <CornerShape corner={corner} />
      <span>{board.corner[corner]}</span>
    </span>
  );
}

export function EventLine({ view }: { readonly view: View }) {
  const { promotion, event, simulated } = view.bout;
  return (
    <div class="event-line">
      <h1>{[promotion, event].filter((part) => part !== '').join(' · ')}</h1>
      {simulated && <span class="simulated">{board.simulated}</span>}
    </div>
  );
}

type PhotoProps = {
  readonly url: string | null;
  readonly name: string;
  readonly photos: Photos;
  /** Whose room is kept where there is no photo of one, but of the other. */
  readonly keepRoom?: Corner | null;
};

export function Photo({ url, name, photos, keepRoom = null }: PhotoProps) {
  const shown = photos.of(url).value;
  if (shown !== null) return <img class="photo" src={shown} alt={board.photoOf(name)} />;
  return keepRoom === null ? null : (
    <span class={`photo no-photo ${keepRoom}`}>
      <CornerShape corner={keepRoom} />
    </span>
  );
}

export function hasPhoto(fighters: Fighters | null): boolean {
  return fighters !== null && (fighters.red.photo_url !== null || fighters.blue.photo_url !== null);
}

/** Names of very different lengths fill the same room. */
export function nameSize(name: string): string {
  const longest = Math.max(...name.split(/[\s-]+/).map((part) => part.length));
  if (longest <= 8 && name.length <= 18) return 'name-large';
  return longest <= 12 && name.length <= 26 ? 'name-middle' : 'name-small';
}
