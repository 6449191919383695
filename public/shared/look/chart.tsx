import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';

export type ChartLine = {
  /** A custom property of tokens.css. */
  readonly colour: string;
  /** Dashes tell lines apart without colour. */
  readonly dash: readonly number[];
  /** Drawn as columns: on their place, or beside it where two stand next to each other. */
  readonly columns?: boolean | 'left' | 'right';
  readonly values: readonly (number | null)[];
};

export type ChartProps = {
  readonly label: string;
  readonly xs: readonly number[];
  /** What stands under a place of the lower axis; nothing where it is empty. */
  readonly xWords: (x: number) => string;
  readonly lines: readonly ChartLine[];
  readonly height?: number;
  /** Room that a word of the lower axis needs, in pixels; steps are left out where there is less. */
  readonly space?: number;
  /** `time`: xs are UTC seconds; `steps`: whole numbers, each with room of its own. */
  readonly scale: 'time' | 'steps';
  /** The distances that lines of the left axis may have; any, where left out. */
  readonly increments?: readonly number[];
  /** Which of the xs the pointer is at; null where it has left. */
  readonly onPoint?: (index: number | null) => void;
};

const HEIGHT = 200;

const STEPS = [1, 2, 5, 10, 20, 50, 100];

/** uPlot draws on a canvas: for whoever cannot see that, the same figures stand in a table beside it. */
export function Chart(props: ChartProps) {
  const { label, xs, lines, height = HEIGHT } = props;
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const data: uPlot.AlignedData = [[...xs], ...lines.map(({ values }) => [...values])];
  const newest = useRef(data);
  newest.current = data;

  useEffect(() => {
    const box = place.current;
    if (box === null) return;
    const draw = (): void => {
      plot.current?.destroy();
      plot.current = new uPlot(optionsOf(props, box.clientWidth, height), newest.current, box);
    };
    draw();
    const sized = new ResizeObserver(() => plot.current?.setSize({ width: box.clientWidth, height }));
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

function optionsOf(props: ChartProps, width: number, height: number): uPlot.Options {
  const { scale, xWords, lines, increments, onPoint } = props;
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
    height,
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 7 } },
    padding: [8, 8, 0, 0],
    scales: {
      y: { range: (_plot, _min, max) => [0, Math.max(max * 1.15, scale === 'time' ? 1 : 0.5)] },
      ...(scale === 'time'
        ? {}
        : {
            x: {
              time: false,
              range: (_plot: uPlot, min: number, max: number): uPlot.Range.MinMax => [min - 0.6, max + 0.6],
            },
          }),
    },
    axes: [
      {
        ...axis,
        size: 28,
        ...(scale === 'time' ? { space: 64 } : { incrs: STEPS, space: props.space ?? 24, grid: { show: false } }),
        values: (_plot, splits) => splits.map(xWords),
      },
      { ...axis, size: 48, space: 36, ...(increments === undefined ? {} : { incrs: [...increments] }) },
    ],
    series: [{}, ...lines.map((line) => seriesOf(line, colour(line.colour)))],
    hooks: { setCursor: [({ cursor }) => onPoint?.(cursor.idx ?? null)] },
  };
}

function seriesOf({ columns, dash }: ChartLine, stroke: string): uPlot.Series {
  if (columns === undefined || columns === false) {
    return { stroke, width: 2, dash: [...dash], points: { show: true, size: 4, width: 0, fill: stroke } };
  }
  const beside = columns === true ? { size: [0.7, 12] as const } : { size: [0.3, 28] as const };
  const align = columns === 'left' ? -1 : columns === 'right' ? 1 : 0;
  const paths = uPlot.paths.bars?.({ size: [...beside.size], align });
  return { stroke, fill: stroke, width: 0, points: { show: false }, ...(paths === undefined ? {} : { paths }) };
}
