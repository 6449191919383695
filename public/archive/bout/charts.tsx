import { Chart } from '../../shared/look/chart.tsx';
import { CornerMark } from '../../shared/look/corner.tsx';
import { archiveWords } from '../../shared/strings/archive.ts';
import { words as common } from '../../shared/strings/common.ts';
import type { View } from '../../shared/wire/frames.ts';
import { figuresOf, type Measure, type RoundFigures } from './rounds.ts';

const words = archiveWords.bout;

const MEASURES = ['damage', 'control'] as const satisfies readonly Measure[];

/** Damage and control of both corners, each round and added up, as charts and as a table. */
export function Charts({ view }: { readonly view: View }) {
  const figures = MEASURES.flatMap((measure) => {
    const found = figuresOf(view.rounds, measure);
    return found === null ? [] : [{ measure, found }];
  });
  return (
    <section class="panel bout-charts" aria-labelledby="charts-title">
      <h2 id="charts-title">
        {words.charts} <small>{words.points}</small>
      </h2>
      {figures.length === 0 ? (
        <p class="hint">{words.chartsNone}</p>
      ) : (
        <>
          <p class="chart-legend">
            <span>
              <CornerMark corner="red" label={view.bout.fighter1.name} />
            </span>
            <span>
              <CornerMark corner="blue" label={view.bout.fighter2.name} />
            </span>
          </p>
          <div class="chart-grid">
            {figures.map(({ measure, found }) => (
              <Pair key={measure} measure={measure} found={found} />
            ))}
          </div>
          <details class="as-table">
            <summary>{archiveWords.asTable}</summary>
            <div class="wide-table" tabIndex={0} role="group" aria-label={words.charts}>
              <Table figures={figures} />
            </div>
          </details>
        </>
      )}
    </section>
  );
}

type Named = { readonly measure: Measure; readonly found: RoundFigures };

function Pair({ measure, found }: Named) {
  return (
    <>
      <figure>
        <figcaption>{words.chartPerRound[measure]}</figcaption>
        <Chart
          label={words.chartLabel(words.chartPerRound[measure])}
          scale="steps"
          height={180}
          xs={found.rounds}
          xWords={roundWords(found)}
          lines={[
            { colour: '--red', dash: [], columns: 'left', values: found.each.red },
            { colour: '--blue', dash: [], columns: 'right', values: found.each.blue },
          ]}
        />
      </figure>
      <figure>
        <figcaption>{words.chartSum[measure]}</figcaption>
        <Chart
          label={words.chartLabel(words.chartSum[measure])}
          scale="steps"
          height={180}
          xs={found.rounds}
          xWords={roundWords(found)}
          lines={[
            { colour: '--red', dash: [], values: found.sum.red },
            { colour: '--blue', dash: [6, 4], values: found.sum.blue },
          ]}
        />
      </figure>
    </>
  );
}

function roundWords({ rounds }: RoundFigures): (x: number) => string {
  return (x) => (rounds.includes(x) ? words.round(x) : '');
}

function Table({ figures }: { readonly figures: readonly Named[] }) {
  const [first] = figures;
  if (first === undefined) return null;
  const columns = figures.flatMap(({ measure, found }) =>
    (['red', 'blue'] as const).map((corner) => ({
      name: words.tableOf(common.category[measure], common.corner[corner]),
      each: found.each[corner],
      sum: found.sum[corner],
    })),
  );
  return (
    <table class="figures">
      <caption class="visually-hidden">{words.charts}</caption>
      <thead>
        <tr>
          <th scope="col">{words.tableRound}</th>
          {columns.map(({ name }) => (
            <th scope="col" key={name}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {first.found.rounds.map((round, at) => (
          <tr key={round}>
            <th scope="row">{round}</th>
            {columns.map(({ name, each }) => (
              <td key={name}>{points(each[at])}</td>
            ))}
          </tr>
        ))}
        <tr class="sum">
          <th scope="row">{words.total}</th>
          {columns.map(({ name, sum }) => (
            <td key={name}>{points(sum.at(-1))}</td>
          ))}
        </tr>
      </tbody>
    </table>
  );
}

function points(value: number | null | undefined): string {
  return value === null || value === undefined ? archiveWords.none : value.toFixed(2);
}
