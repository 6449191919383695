import { Duel } from '../shared/look/duel.tsx';
import { words } from '../shared/strings/common.ts';
import { homeWords } from '../shared/strings/home.ts';
import type { View } from '../shared/wire/frames.ts';

const ROWS = ['weighted_score', 'damage', 'grappling', 'control'] as const;

/** The round's category totals. */
export function TotalsPanel({ view }: { readonly view: View | null }) {
  const red = view?.red_totals ?? null;
  const blue = view?.blue_totals ?? null;
  const hidden = view !== null && (red === null || blue === null);
  return (
    <section class="panel totals" aria-labelledby="totals-title">
      <h2 id="totals-title">{homeWords.totalsOf(view?.round_id ?? 1)}</h2>
      <Duel
        none={words.notYet}
        rows={ROWS.map((row) => ({
          key: row,
          label: words.category[row],
          red: red?.[row] ?? null,
          blue: blue?.[row] ?? null,
        }))}
      />
      {hidden && <p class="hint">{homeWords.notReleased}</p>}
    </section>
  );
}
