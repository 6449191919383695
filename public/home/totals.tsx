import { CornerMark } from '../shared/look/corner.tsx';
import { words } from '../shared/strings/common.ts';
import type { Totals, View } from '../shared/wire/frames.ts';

const ROWS = ['weighted_score', 'damage', 'grappling', 'control'] as const;

/** The round's category totals face to face: red grows to the left, blue to the right. */
export function TotalsPanel({ view }: { readonly view: View | null }) {
  const red = view?.red_totals ?? null;
  const blue = view?.blue_totals ?? null;
  const hidden = view !== null && (red === null || blue === null);
  return (
    <section class="panel totals" aria-labelledby="totals-title">
      <h2 id="totals-title">{words.totalsOf(view?.round_id ?? 1)}</h2>
      <table class="duel">
        <thead>
          <tr>
            <th scope="col">
              <CornerMark corner="red" />
            </th>
            <td />
            <th scope="col">
              <CornerMark corner="blue" />
            </th>
          </tr>
        </thead>
        <tbody>
          {ROWS.map((row) => (
            <Row key={row} row={row} red={red} blue={blue} />
          ))}
        </tbody>
      </table>
      {hidden && <p class="hint">{words.notReleased}</p>}
    </section>
  );
}

type RowProps = { readonly row: (typeof ROWS)[number]; readonly red: Totals | null; readonly blue: Totals | null };

function Row({ row, red, blue }: RowProps) {
  const most = Math.max(red?.[row] ?? 0, blue?.[row] ?? 0);
  return (
    <tr class={row}>
      <td class="red value">{points(red, row)}</td>
      <th scope="row">
        <span class="duel-label">{words.category[row]}</span>
        <span class="duel-bars" aria-hidden="true">
          <span class="bar red" style={{ '--share': share(red?.[row], most) }} />
          <span class="bar blue" style={{ '--share': share(blue?.[row], most) }} />
        </span>
      </th>
      <td class="blue value">{points(blue, row)}</td>
    </tr>
  );
}

function share(value: number | undefined, most: number): number {
  return value === undefined || most <= 0 ? 0 : Math.max(0, value / most);
}

function points(totals: Totals | null, row: (typeof ROWS)[number]): string {
  return totals === null ? words.notYet : totals[row].toFixed(2);
}
