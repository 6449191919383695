import { CornerMark } from './corner.tsx';

/** One line of a comparison; null where it is not known or not released. */
export type DuelRow = {
  readonly key: string;
  readonly label: string;
  readonly red: number | null;
  readonly blue: number | null;
};

type Props = { readonly rows: readonly DuelRow[]; readonly none: string };

/** Points of both corners face to face: red grows to the left, blue to the right. */
export function Duel({ rows, none }: Props) {
  return (
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
        {rows.map((row) => (
          <Row key={row.key} row={row} none={none} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ row: { key, label, red, blue }, none }: { readonly row: DuelRow; readonly none: string }) {
  const most = Math.max(red ?? 0, blue ?? 0);
  return (
    <tr class={key}>
      <td class="red value">{points(red, none)}</td>
      <th scope="row">
        <span class="duel-label">{label}</span>
        <span class="duel-bars" aria-hidden="true">
          <span class="bar red" style={{ '--share': share(red, most) }} />
          <span class="bar blue" style={{ '--share': share(blue, most) }} />
        </span>
      </th>
      <td class="blue value">{points(blue, none)}</td>
    </tr>
  );
}

function share(value: number | null, most: number): number {
  return value === null || most <= 0 ? 0 : Math.max(0, value / most);
}

function points(value: number | null, none: string): string {
  return value === null ? none : value.toFixed(2);
}
