import type { ComponentChildren } from 'preact';

export type Column<T> = {
  readonly name: string;
  readonly cell: (row: T) => ComponentChildren;
  /** Figures stand right. */
  readonly figure?: boolean;
};

type TableProps<T> = {
  readonly label: string;
  /** The first one names the row. */
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  readonly keyOf: (row: T) => string;
};

/**
 * A table that becomes a list of cards where the window is narrow. The roles stand in the markup because browsers
 * forget them when a table is laid out as anything else.
 */
export function GridTable<T>({ label, columns, rows, keyOf }: TableProps<T>) {
  return (
    <table class="grid-table" role="table" aria-label={label}>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map(({ name, figure }) => (
            <th key={name} role="columnheader" scope="col" class={figure === true ? 'figure' : undefined}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr key={keyOf(row)} role="row" data-key={keyOf(row)}>
            {columns.map(({ name, cell, figure }, index) =>
              index === 0 ? (
                <th key={name} role="rowheader" scope="row">
                  {cell(row)}
                </th>
              ) : (
                <td key={name} role="cell" data-label={name} class={figure === true ? 'figure' : undefined}>
                  <span>{cell(row)}</span>
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
