import { monitorWords as words } from '../shared/strings/monitor.ts';
import { type Column, GridTable } from './grid-table.tsx';
import type { Times, Traffic } from './wire.ts';

type Row = Times & { readonly name: string; readonly refused: number | null; readonly errors: number | null };

const FIGURES: readonly Column<Row>[] = [
  { name: words.count, cell: ({ count }) => words.plain(count), figure: true },
  { name: words.p50, cell: ({ p50_ms }) => words.plain(p50_ms), figure: true },
  { name: words.p95, cell: ({ p95_ms }) => words.plain(p95_ms), figure: true },
  { name: words.p99, cell: ({ p99_ms }) => words.plain(p99_ms), figure: true },
  { name: words.refusedShort, cell: ({ refused }) => words.plain(refused), figure: true },
  { name: words.errorsShort, cell: ({ errors }) => <Errors count={errors} />, figure: true },
];

function Errors({ count }: { readonly count: number | null }) {
  return <span class={count !== null && count > 0 ? 'bad-text' : undefined}>{words.plain(count)}</span>;
}

export function Speed({ traffic }: { readonly traffic: Traffic | null }) {
  const minutes = traffic === null ? 5 : Math.max(1, Math.round(traffic.window_ms / 60_000));
  return (
    <section class="panel speed" aria-labelledby="speed-title">
      <h2 id="speed-title">
        {words.speed} <small>{words.speedHint(minutes)}</small>
      </h2>
      {traffic === null ? (
        <p class="hint">{words.noFigures}</p>
      ) : (
        <>
          <GridTable
            label={words.speed}
            columns={[{ name: words.subject, cell: ({ name }) => name }, ...FIGURES]}
            rows={overview(traffic)}
            keyOf={({ name }) => name}
          />
          <h3 class="routes-title">
            {words.routes} <small>{words.routesHint}</small>
          </h3>
          <GridTable
            label={words.routes}
            columns={[{ name: words.route, cell: ({ name }) => <code>{name}</code> }, ...FIGURES]}
            rows={traffic.routes.map((one) => ({ ...one, name: one.route }))}
            keyOf={({ name }) => name}
          />
        </>
      )}
    </section>
  );
}

function overview(traffic: Traffic): readonly Row[] {
  return [
    { ...traffic.overall, name: words.overall },
    { ...traffic.taps, name: words.taps },
    { ...traffic.socket_taps, name: words.socketTaps, refused: null, errors: null },
  ];
}
