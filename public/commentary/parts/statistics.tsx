import { type ReadonlySignal, useComputed } from '@preact/signals';
import { type Corner, CORNERS } from '../../../domain/corner.ts';
import { knockdownsIn } from '../../shared/board/knockdowns.ts';
import { board as words } from '../../shared/board/words.ts';
import type { Live } from '../../shared/live/live.ts';
import { CornerMark } from '../../shared/look/corner.tsx';
import { commentary } from '../../shared/strings/commentary.ts';
import type { View } from '../../shared/wire/frames.ts';
import type { Scorecards } from '../../shared/wire/scorecards.ts';
import type { Entries } from '../open-entries.ts';
import { type Column, columnsOf, ROWS, shownIn } from '../table.ts';
import { elapsedMs } from '../elapsed.ts';

type Props = {
  readonly view: View;
  readonly live: Live;
  readonly entries: Entries;
  readonly cards: ReadonlySignal<Scorecards | null>;
};

/** Every figure by round and for the bout, the corners side by side. */
export function StatisticsTable({ view, live, entries, cards }: Props) {
  // Seconds, not the ten ticks that each of them has.
  const elapsed = useComputed(() => elapsedMs(view, live));
  const hidden = view.rounds.length > 0 && view.red_totals === null;
  const columns = hidden ? [] : columnsOf(view, entries.rounds.value, cards.value, elapsed.value);
  const pending = CORNERS.reduce((sum, corner) => sum + knockdownsIn(view)[corner].pending, 0);
  return (
    <section class="panel statistics" aria-labelledby="statistics-title">
      <h2 id="statistics-title">{commentary.statistics}</h2>
      {columns.length === 0 ? (
        <p class="hint">{hidden ? commentary.notReleased : commentary.noActions}</p>
      ) : (
        <>
          <div class="table-scroll" tabIndex={0} role="group" aria-label={commentary.statisticsTable}>
            <table class="figures">
              <Head columns={columns} current={view.round_id} />
              {(['points', 'striking', 'grappling'] as const).map((group) => (
                <tbody key={group}>
                  <tr class="group">
                    <th scope="rowgroup" colSpan={1 + 2 * columns.length}>
                      {commentary.group[group]}
                    </th>
                  </tr>
                  {ROWS.filter((row) => row.group === group).map((row) => (
                    <tr key={row.name} class={row.part ? 'part' : ''}>
                      <th scope="row">
                        {commentary.row[row.name]}
                        {row.name === 'knockdowns' && pending > 0 && (
                          <span class="tag">{commentary.pending(pending)}</span>
                        )}
                      </th>
                      {columns.map((column) =>
                        CORNERS.map((corner) => <Cell key={corner} column={column} corner={corner} row={row} />),
                      )}
                    </tr>
                  ))}
                </tbody>
              ))}
            </table>
          </div>
          <p class="hint">{commentary.statisticsHint}</p>
        </>
      )}
    </section>
  );
}

function Head({ columns, current }: { readonly columns: readonly Column[]; readonly current: number }) {
  return (
    <thead>
      <tr>
        <td />
        {columns.map((column) => (
          <th key={column.round ?? 0} scope="colgroup" colSpan={2} class="column-head">
            {column.round === null ? commentary.bout : commentary.round(column.round)}
            {column.round === current && <span class="tag">{commentary.now}</span>}
          </th>
        ))}
      </tr>
      <tr>
        <th scope="col">
          <span class="visually-hidden">{commentary.statistic}</span>
        </th>
        {columns.map((column) =>
          CORNERS.map((corner) => (
            <th key={`${column.round ?? 0} ${corner}`} scope="col" class={`value ${corner}`}>
              <CornerMark corner={corner} />
            </th>
          )),
        )}
      </tr>
    </thead>
  );
}

type CellProps = { readonly column: Column; readonly corner: Corner; readonly row: (typeof ROWS)[number] };

function Cell({ column, corner, row }: CellProps) {
  return <td class={`value ${corner}`}>{shownIn(column, corner, row.name) ?? words.unknown}</td>;
}
