import { nameOf } from '../../shared/board/board.ts';
import type { Photos } from '../../shared/board/photos.ts';
import type { JudgeCard } from '../../shared/board/winner.ts';
import { board, howWords, resultWords } from '../../shared/board/words.ts';
import type { Result, View } from '../../shared/wire/frames.ts';
import { CornerBand, EventLine, nameSize, Photo } from './parts.tsx';
import { Scores } from './scores.tsx';

type Props = {
  readonly view: View;
  readonly result: Result;
  readonly totals: readonly JudgeCard[];
  readonly photo: string | null;
  readonly photos: Photos;
};

export function ResultBoard({ view, result, totals, photo, photos }: Props) {
  const corner = result.winner_corner;
  const words = resultWords(result, (of) => nameOf(view, of));
  return (
    <>
      <EventLine view={view} />
      <div class="verdict">
        <p class="verdict-over">{board.official}</p>
        {corner !== null && <Photo url={photo} name={nameOf(view, corner)} photos={photos} />}
        {corner !== null && <CornerBand corner={corner} />}
        <p class={`verdict-name ${nameSize(words)}`}>{words}</p>
        <p class="verdict-what">{howWords(result)}</p>
        {totals.length > 0 && <Scores cards={totals} />}
      </div>
    </>
  );
}
