import { CORNERS, type Corner } from '../../../domain/corner.ts';
import { knockdownsIn } from '../../shared/board/knockdowns.ts';
import { board } from '../../shared/board/words.ts';
import { overlay } from '../../shared/strings/overlay.ts';
import type { Totals, View } from '../../shared/wire/frames.ts';
import { CornerBlock } from './corner-block.tsx';

const ROWS = ['weighted_score', 'damage', 'grappling', 'control'] as const;

/** Whether the statistics are released to this overlay, and a round has begun of which they are. */
export function hasStatistics(view: View): boolean {
  return view.red_totals !== null && view.blue_totals !== null && view.rounds.length > 0;
}

export function Statistics({ view }: { readonly view: View }) {
  const { red_totals: red, blue_totals: blue } = view;
  if (red === null || blue === null) return null;
  const knockdowns = knockdownsIn(view);
  const rounds = view.rounds.filter((round) => round.red_totals !== null && round.blue_totals !== null);
  return (
    <div class="statistics plate">
      <div class="statistics-head">
        <CornerBlock corner="red" />
        <span class="statistics-title">{overlay.roundStatistics(view.round_id)}</span>
        <CornerBlock corner="blue" />
      </div>
      <table class="duel">
        <tbody>
          {ROWS.map((row) => (
            <Row
              key={row}
              label={board.category[row]}
              red={red[row].toFixed(1)}
              blue={blue[row].toFixed(1)}
              share={shareOf(red, blue, row)}
            />
          ))}
          <Row
            label={board.knockdowns}
            red={String(knockdowns.red.count)}
            blue={String(knockdowns.blue.count)}
            note={CORNERS.some((corner) => knockdowns[corner].pending > 0) ? overlay.pendingKnockdown : null}
            share={null}
          />
        </tbody>
      </table>
      {rounds.length > 1 && (
        <table class={`round-strip ${rounds.length > 6 ? 'many' : ''}`}>
          <thead>
            <tr>
              <td />
              {rounds.map((round) => (
                <th key={round.round_id} scope="col">
                  {overlay.roundShort(round.round_id)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {CORNERS.map((corner) => (
              <StripRow key={corner} corner={corner} totals={rounds.map((round) => round[`${corner}_totals`])} />
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}

type RowProps = {
  readonly label: string;
  readonly red: string;
  readonly blue: string;
  readonly note?: string | null;
  readonly share: { readonly red: number; readonly blue: number } | null;
};

function Row({ label, red, blue, note = null, share }: RowProps) {
  return (
    <tr>
      <td class="value">{red}</td>
      <th scope="row">
        {label}
        {note !== null && <small>{note}</small>}
        {share !== null && (
          <span class="bars" aria-hidden="true">
            <span class="bar red" style={{ '--share': share.red }} />
            <span class="bar blue" style={{ '--share': share.blue }} />
          </span>
        )}
      </th>
      <td class="value">{blue}</td>
    </tr>
  );
}

function StripRow({ corner, totals }: { readonly corner: Corner; readonly totals: readonly (Totals | null)[] }) {
  return (
    <tr>
      <th scope="row">{board.corner[corner]}</th>
      {totals.map((total, i) => (
        <td key={i}>{total === null ? board.unknown : total.weighted_score.toFixed(1)}</td>
      ))}
    </tr>
  );
}

function shareOf(red: Totals, blue: Totals, row: (typeof ROWS)[number]) {
  const most = Math.max(red[row], blue[row]);
  const of = (value: number): number => (most <= 0 ? 0 : Math.max(0, value / most));
  return { red: of(red[row]), blue: of(blue[row]) };
}
