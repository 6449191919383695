import { useSignal } from '@preact/signals';
import { Chart } from '../../shared/look/chart.tsx';
import { Field } from '../../shared/look/field.tsx';
import { archiveWords } from '../../shared/strings/archive.ts';
import { dateWords } from '../times.ts';
import type { Profile, Trend } from '../wire/fighters.ts';
import { rateText } from './numbers.ts';

const words = archiveWords.figures;

/** One measure, bout by bout: what the fighter did, and what opponents did. */
export function Trends({ profile }: { readonly profile: Profile }) {
  const measures = [...new Set(profile.trends.filter(({ points }) => points.length > 0).map(({ measure }) => measure))];
  const chosen = useSignal<string | null>(null);
  const measure = chosen.value ?? measures.find((one) => one === 'significant_strikes') ?? measures[0] ?? null;
  return (
    <section class="panel" aria-labelledby="fighter-trends">
      <h2 id="fighter-trends">{words.trends}</h2>
      {measure === null ? (
        <p class="hint">{words.trendNone}</p>
      ) : (
        <>
          <Field id="trend" label={words.trend}>
            <select
              id="trend"
              value={measure}
              onChange={(event) => {
                chosen.value = event.currentTarget.value;
              }}
            >
              {measures.map((one) => (
                <option key={one} value={one}>
                  {words.measures[one] ?? one}
                </option>
              ))}
            </select>
          </Field>
          <TrendChart key={measure} profile={profile} measure={measure} />
        </>
      )}
    </section>
  );
}

type ChartProps = { readonly profile: Profile; readonly measure: string };

function TrendChart({ profile, measure }: ChartProps) {
  const of = (side: Trend['side']): Trend | null =>
    profile.trends.find((trend) => trend.measure === measure && trend.side === side) ?? null;
  const [own, absorbed] = [of('own'), of('absorbed')];
  const bouts = profile.bouts.filter(({ bout_id: id }) =>
    [own, absorbed].some((trend) => trend?.points.some((point) => point.bout_id === id)),
  );
  const at = (trend: Trend | null, id: string): number | null =>
    trend?.points.find((point) => point.bout_id === id)?.per_15_min ?? null;
  const title = words.trendOf(words.measures[measure] ?? measure);
  return (
    <>
      <p class="chart-legend">
        <span>
          <Sample dash="" /> {words.own}
        </span>
        <span>
          <Sample dash="5 3" /> {words.absorbed}
        </span>
      </p>
      <Chart
        label={archiveWords.bout.chartLabel(title)}
        scale="steps"
        space={84}
        xs={bouts.map((_bout, index) => index + 1)}
        xWords={(x) => dateOf(bouts[x - 1])}
        lines={[
          { colour: '--text', dash: [], values: bouts.map(({ bout_id: id }) => at(own, id)) },
          { colour: '--focus', dash: [6, 4], values: bouts.map(({ bout_id: id }) => at(absorbed, id)) },
        ]}
      />
      <p class="hint">
        {own === null || own.change_per_year === null || own.low === null || own.high === null
          ? words.changeNone(profile.min_trend_bouts)
          : words.change(rateText(own.change_per_year), rateText(own.low), rateText(own.high))}
      </p>
      <details class="as-table">
        <summary>{archiveWords.asTable}</summary>
        <table class="figures">
          <caption class="visually-hidden">{title}</caption>
          <thead>
            <tr>
              <th scope="col">{archiveWords.bout.date}</th>
              <th scope="col">{words.own}</th>
              <th scope="col">{words.absorbed}</th>
            </tr>
          </thead>
          <tbody>
            {bouts.map((bout) => (
              <tr key={bout.bout_id}>
                <th scope="row">{dateOf(bout)}</th>
                <td>{rateText(at(own, bout.bout_id))}</td>
                <td>{rateText(at(absorbed, bout.bout_id))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </>
  );
}

function dateOf(bout: Profile['bouts'][number] | undefined): string {
  if (bout === undefined) return '';
  return dateWords(bout.date ?? new Date(bout.official_ms).toISOString().slice(0, 10));
}

function Sample({ dash }: { readonly dash: string }) {
  return (
    <svg
      class={dash === '' ? 'sample own' : 'sample absorbed'}
      viewBox="0 0 22 10"
      aria-hidden="true"
      focusable="false"
    >
      <path d="M0 5h22" stroke="currentcolor" stroke-width="2.5" stroke-dasharray={dash} />
    </svg>
  );
}
