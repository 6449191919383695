/** The value of a function at `x`, its slope written into `gradient`. */
export type Objective = (x: Float64Array, gradient: Float64Array) => number;

export type OptimiseOptions = {
  readonly maxSteps: number;
  /** Ends when three steps in a row gain less than this part of the value. */
  readonly tolerance: number;
};

const MEMORY = 10;

/**
 * Finds a minimum with lower bounds by L-BFGS (Nocedal and Wright, chapter 7) on the variables that are not held at
 * their bound, with steps cut back to the bounds. Nothing in it is left to chance.
 * @param lower bound of each variable, -Infinity for none
 * @returns the best point found
 */
export function minimise(
  objective: Objective,
  start: Float64Array,
  lower: Float64Array,
  { maxSteps, tolerance }: OptimiseOptions,
): Float64Array {
  const size = start.length;
  let x = start.slice();
  let gradient = new Float64Array(size);
  let value = objective(x, gradient);
  let idle = 0;
  const moves: Float64Array[] = [];
  const changes: Float64Array[] = [];
  for (let step = 0; step < maxSteps; step += 1) {
    const held = new Uint8Array(size);
    for (let i = 0; i < size; i += 1) {
      if (at(x, i) <= at(lower, i) && at(gradient, i) > 0) held[i] = 1;
    }
    const slope = gradient.slice();
    for (let i = 0; i < size; i += 1) if (held[i] === 1) slope[i] = 0;
    const steepness = Math.sqrt(dot(slope, slope));
    if (steepness < 1e-9) break;
    let direction = quasiNewton(slope, held, moves, changes);
    if (dot(direction, slope) >= 0) {
      moves.length = 0;
      changes.length = 0;
      direction = slope.map((s) => -s);
    }
    let length = moves.length === 0 ? Math.min(1, 1 / steepness) : 1;
    let moved = false;
    for (let attempt = 0; attempt < 40; attempt += 1) {
      const next = x.map((v, i) => Math.max(at(lower, i), v + length * at(direction, i)));
      const nextGradient = new Float64Array(size);
      const nextValue = objective(next, nextGradient);
      const move = next.map((v, i) => v - at(x, i));
      if (nextValue <= value + 1e-4 * dot(gradient, move)) {
        const change = nextGradient.map((g, i) => g - at(gradient, i));
        if (dot(move, change) > 1e-12) {
          moves.push(move);
          changes.push(change);
          if (moves.length > MEMORY) {
            moves.shift();
            changes.shift();
          }
        }
        idle = value - nextValue < tolerance * Math.abs(value) ? idle + 1 : 0;
        x = next;
        gradient = nextGradient;
        value = nextValue;
        moved = true;
        break;
      }
      length /= 2;
    }
    if (!moved || idle >= 3) break;
  }
  return x;
}

/** The slope turned and stretched by what the last steps told of the curvature. */
function quasiNewton(
  slope: Float64Array,
  held: Uint8Array,
  moves: readonly Float64Array[],
  changes: readonly Float64Array[],
): Float64Array {
  const direction = slope.map((s) => -s);
  const free = (a: Float64Array, b: Float64Array): number => {
    let sum = 0;
    for (let i = 0; i < a.length; i += 1) if (held[i] === 0) sum += at(a, i) * at(b, i);
    return sum;
  };
  const used: { move: Float64Array; change: Float64Array; curvature: number; share: number }[] = [];
  for (let k = moves.length - 1; k >= 0; k -= 1) {
    const move = moves[k];
    const change = changes[k];
    if (move === undefined || change === undefined) continue;
    const curvature = free(move, change);
    if (curvature <= 1e-12) continue;
    const share = free(move, direction) / curvature;
    for (let i = 0; i < direction.length; i += 1) direction[i] = at(direction, i) - share * at(change, i);
    used.push({ move, change, curvature, share });
  }
  const [latest] = used;
  if (latest !== undefined) {
    const scale = latest.curvature / free(latest.change, latest.change);
    for (let i = 0; i < direction.length; i += 1) direction[i] = at(direction, i) * scale;
  }
  for (const { move, change, curvature, share } of used.toReversed()) {
    const back = free(change, direction) / curvature;
    for (let i = 0; i < direction.length; i += 1) direction[i] = at(direction, i) + at(move, i) * (share - back);
  }
  for (let i = 0; i < direction.length; i += 1) if (held[i] === 1) direction[i] = 0;
  return direction;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += at(a, i) * at(b, i);
  return sum;
}

function at(list: Float64Array, i: number): number {
  return list[i] ?? 0;
}
