type Props = { readonly low: number; readonly at: number; readonly high: number; readonly most: number };

/** Where a value stands within its interval, on the same scale in every row; the figures stand beside it in words. */
export function IntervalBar({ low, at, high, most }: Props) {
  const x = (value: number): number => (most <= 0 ? 0 : Math.min(Math.max(value / most, 0), 1) * 100);
  return (
    <svg class="interval-bar" viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true" focusable="false">
      <path class="interval-scale" d="M0 6H100" />
      <path class="interval-line" d={`M${x(low)} 6H${x(high)}`} />
      <path class="interval-at" d={`M${x(at)} 1V11`} />
    </svg>
  );
}
