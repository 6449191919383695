/** The pointer and the controls go away when nobody has touched them for a while. */
const IDLE_MS = 3_000;
/** The picture moves by a hair, so that no line stands on the same lamps all night. */
const SHIFT_EVERY_MS = 60_000;
const SHIFTS = [
  [0, 0],
  [6, 0],
  [6, 6],
  [0, 6],
  [-6, 6],
  [-6, 0],
  [-6, -6],
  [0, -6],
  [6, -6],
] as const;

export function protectScreen(): () => void {
  const { classList, style } = document.documentElement;
  let idle: ReturnType<typeof setTimeout> | undefined;
  let step = 0;
  const rest = (): void => {
    classList.add('idle');
  };
  const wake = (): void => {
    classList.remove('idle');
    clearTimeout(idle);
    idle = setTimeout(rest, IDLE_MS);
  };
  const shift = setInterval(() => {
    step = (step + 1) % SHIFTS.length;
    const [right, down] = SHIFTS[step] ?? SHIFTS[0];
    style.setProperty('--shift-right', String(right));
    style.setProperty('--shift-down', String(down));
  }, SHIFT_EVERY_MS);
  const events = ['pointermove', 'pointerdown', 'focusin'] as const;
  for (const name of events) addEventListener(name, wake);
  wake();
  return () => {
    clearInterval(shift);
    clearTimeout(idle);
    for (const name of events) removeEventListener(name, wake);
  };
}
