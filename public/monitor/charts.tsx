import { useSignal } from '@preact/signals';
import { monitorWords as words } from '../shared/strings/monitor.ts';
import { Chart, type Line } from './chart.tsx';
import { minuteOf } from './format.ts';
import type { Minute, Traffic } from './wire.ts';

type Named = Omit<Line, 'values'> & {
  readonly name: string;
  readonly of: (minute: Minute) => number | null;
  readonly show: (value: number | null) => string;
};

const LATENCY: readonly Named[] = [
  { name: words.p50, colour: '--good-text', dash: [], of: ({ p50_ms }) => p50_ms, show: words.ms },
  { name: words.p95, colour: '--warn-text', dash: [8, 4], of: ({ p95_ms }) => p95_ms, show: words.ms },
  { name: words.p99, colour: '--text', dash: [2, 3], of: ({ p99_ms }) => p99_ms, show: words.ms },
];

const REQUESTS: readonly Named[] = [
  { name: words.all, colour: '--text-soft', dash: [], columns: true, of: ({ count }) => count, show: words.plain },
  { name: words.errors, colour: '--bad-text', dash: [], columns: true, of: ({ errors }) => errors, show: words.plain },
];

export function Charts({ traffic }: { readonly traffic: Traffic | null }) {
  const minutes = traffic?.minutes ?? null;
  return (
    <>
      <ChartPanel id="latency" title={words.latency} hint={words.latencyHint} minutes={minutes} lines={LATENCY} />
      <ChartPanel id="requests" title={words.requests} hint={words.requestsHint} minutes={minutes} lines={REQUESTS} />
    </>
  );
}

type PanelProps = {
  readonly id: string;
  readonly title: string;
  readonly hint: string;
  /** null while the platform does not answer. */
  readonly minutes: readonly Minute[] | null;
  readonly lines: readonly Named[];
};

function ChartPanel({ id, title, hint, minutes, lines }: PanelProps) {
  const pointed = useSignal<number | null>(null);
  const shown = minutes?.[pointed.value ?? -1] ?? minutes?.at(-2) ?? null;
  return (
    <section class={`panel chart-panel ${id}`} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>
        {title} <small>{hint}</small>
      </h2>
      <dl class="legend">
        {lines.map((line) => (
          <div key={line.name}>
            <dt>
              <Sample line={line} />
              {line.name}
            </dt>
            <dd>{shown === null ? words.unknown : line.show(line.of(shown))}</dd>
          </div>
        ))}
        <div class="legend-minute">
          <dt class="visually-hidden">{words.minute}</dt>
          <dd>
            {shown === null || pointed.value === null ? words.lastMinute : words.atMinute(minuteOf(shown.minute_ms))}
          </dd>
        </div>
      </dl>
      {minutes === null ? (
        <p class="chart-none hint">{words.noFigures}</p>
      ) : (
        <Chart
          label={words.chartLabel(`${title}, ${hint}`)}
          minutesMs={minutes.map(({ minute_ms }) => minute_ms)}
          lines={lines.map(({ of, ...line }) => ({ ...line, values: minutes.map(of) }))}
          onPoint={(index) => {
            pointed.value = index;
          }}
        />
      )}
      <details class="as-table">
        <summary>{words.asTable}</summary>
        <MinuteTable minutes={minutes ?? []} lines={lines} title={title} />
      </details>
    </section>
  );
}

/** How the line looks in the chart: dashes tell the lines apart without colour. */
function Sample({ line: { colour, dash, columns } }: { readonly line: Named }) {
  return (
    <svg class="sample" viewBox="0 0 22 10" aria-hidden="true" focusable="false" style={{ color: `var(${colour})` }}>
      {columns === true ? (
        <path d="M2 10V4h4v6Zm7 0V0h4v10Zm7 0V6h4v4Z" fill="currentcolor" />
      ) : (
        <path d="M0 5h22" stroke="currentcolor" stroke-width="2.5" stroke-dasharray={dash.join(' ')} />
      )}
    </svg>
  );
}

type MinuteTableProps = Pick<PanelProps, 'lines' | 'title'> & { readonly minutes: readonly Minute[] };

/** Newest first; minutes without traffic are left out, as they hold nothing. */
function MinuteTable({ minutes, lines, title }: MinuteTableProps) {
  const busy = minutes.filter(({ count }) => count > 0).toReversed();
  if (busy.length === 0) return <p class="hint">{words.noTraffic}</p>;
  return (
    <table class="minutes">
      <caption class="visually-hidden">{title}</caption>
      <thead>
        <tr>
          <th scope="col">{words.minute}</th>
          {lines.map(({ name }) => (
            <th scope="col" key={name}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {busy.map((minute) => (
          <tr key={minute.minute_ms}>
            <th scope="row">{minuteOf(minute.minute_ms)}</th>
            {lines.map(({ name, of, show }) => (
              <td key={name}>{show(of(minute))}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
