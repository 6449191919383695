import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import { minuteOf } from './format.ts';

export type Line = {
  /** A custom property of tokens.css. */
  readonly colour: string;
  readonly dash: readonly number[];
  /** Drawn as columns. */
  readonly columns?: boolean;
  readonly values: readonly (number | null)[];
};

type ChartProps = {
  readonly label: string;
  readonly minutesMs: readonly number[];
  readonly lines: readonly Line[];
  /** Which minute the pointer is at; null where it has left. */
  readonly onPoint: (index: number | null) => void;
};

const HEIGHT = 200;

/** uPlot draws on a canvas: for whoever cannot see that, the same figures stand in a table beside it. */
export function Chart({ label, minutesMs, lines, onPoint }: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const data: uPlot.AlignedData = [minutesMs.map((ms) => ms / 1_000), ...lines.map(({ values }) => [...values])];
  const newest = useRef(data);
  newest.current = data;

  useEffect(() => {
    const box = place.current;
    if (box === null) return;
    const draw = (): void => {
      plot.current?.destroy();
      plot.current = new uPlot(optionsOf(lines, box.clientWidth, onPoint), newest.current, box);
    };
    draw();
    const sized = new ResizeObserver(() => plot.current?.setSize({ width: box.clientWidth, height: HEIGHT }));
    sized.observe(box);
    // The canvas holds the colours it was drawn with.
    const scheme = matchMedia('(prefers-color-scheme: light)');
    scheme.addEventListener('change', draw);
    return () => {
      sized.disconnect();
      scheme.removeEventListener('change', draw);
      plot.current?.destroy();
      plot.current = null;
    };
  }, []);

  useEffect(() => plot.current?.setData(newest.current));

  return <div class="chart" ref={place} role="img" aria-label={label} />;
}

function optionsOf(lines: readonly Line[], width: number, onPoint: ChartProps['onPoint']): uPlot.Options {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string): string => style.getPropertyValue(name).trim();
  const axis = {
    stroke: colour('--text-soft'),
    font: `12px ${colour('--font')}`,
    grid: { stroke: colour('--line'), width: 1 },
    ticks: { show: false },
  };
  return {
    width,
    height: HEIGHT,
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 7 } },
    padding: [8, 8, 0, 0],
    scales: { y: { range: (_plot, _min, max) => [0, Math.max(max * 1.15, 1)] } },
    axes: [
      { ...axis, size: 28, space: 64, values: (_plot, splits) => splits.map((s) => minuteOf(s * 1_000)) },
      {
        ...axis,
        size: 48,
        space: 36,
        incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000],
      },
    ],
    series: [
      {},
      ...lines.map((line): uPlot.Series => {
        const stroke = colour(line.colour);
        if (line.columns === true) {
          const paths = uPlot.paths.bars?.({ size: [0.7, 12] });
          return { stroke, fill: stroke, width: 0, points: { show: false }, ...(paths === undefined ? {} : { paths }) };
        }
        return { stroke, width: 2, dash: [...line.dash], points: { show: true, size: 4, width: 0, fill: stroke } };
      }),
    ],
    hooks: { setCursor: [({ cursor }) => onPoint(cursor.idx ?? null)] },
  };
}
