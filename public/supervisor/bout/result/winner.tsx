import { CornerMark } from '../../../shared/look/corner.tsx';
import { words as common } from '../../../shared/strings/common.ts';
import type { DeskResult } from '../wire.ts';
import { resultWords } from '../words.ts';

export function Winner({ result }: { readonly result: DeskResult }) {
  const said = resultWords(result, result.winner ?? common.notYet);
  return (
    <p class="result-said">
      {result.winner_corner !== null && <CornerMark corner={result.winner_corner} />}
      <b>{said}</b>
    </p>
  );
}
