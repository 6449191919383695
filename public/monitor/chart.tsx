import { Chart as SharedChart, type ChartLine } from '../shared/look/chart.tsx';
import { minuteOf } from './format.ts';

export type Line = ChartLine;

type ChartProps = {
  readonly label: string;
  readonly minutesMs: readonly number[];
  readonly lines: readonly Line[];
  /** Which minute the pointer is at; null where it has left. */
  readonly onPoint: (index: number | null) => void;
};

const INCREMENTS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000];

/** Figures by the minute. */
export function Chart({ label, minutesMs, lines, onPoint }: ChartProps) {
  return (
    <SharedChart
      label={label}
      scale="time"
      xs={minutesMs.map((ms) => ms / 1_000)}
      xWords={(s) => minuteOf(s * 1_000)}
      lines={lines}
      increments={INCREMENTS}
      onPoint={onPoint}
    />
  );
}
