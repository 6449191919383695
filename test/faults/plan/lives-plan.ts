import type { Random } from '../../../cli/simulator/random.ts';

/** What can befall a call that writes, syncs or resizes a file; `kill` ends the process at that very call. */
export const FAULTS = ['eio', 'enospc', 'short', 'kill-before', 'kill-after'] as const;

export const CALLS = ['any', 'write', 'sync'] as const;

export type Fault = {
  readonly kind: (typeof FAULTS)[number];
  /** Which calls count. */
  readonly calls: (typeof CALLS)[number];
  /** So many pass before it strikes. */
  readonly after: number;
  /** So many in a row are struck: a full disk stays full for a while. */
  readonly times: number;
};

/** The server from one start to the next kill -9. */
export type Life = {
  readonly faults: readonly Fault[];
  /** They are there before the server is started; otherwise they come once it is ready. */
  readonly fromStart: boolean;
  readonly aliveMs: number;
  /** How long nobody is there afterwards. */
  readonly downMs: number;
  /** Killed again so long after the next start began, mostly before it could serve; null: it is let to start. */
  readonly stillbornMs: number | null;
};

/** In every other life something goes wrong at the disk; the others show that nothing is ever out of reach otherwise. */
export function* livesPlan(random: Random): Generator<Life, never> {
  for (let number = 1; ; number += 1) {
    yield {
      faults: number % 2 === 0 ? [] : Array.from({ length: 1 + random.below(3) }, () => faultOf(random)),
      fromStart: random.below(2) === 0,
      aliveMs: 300 + random.below(1_200),
      downMs: random.below(150),
      stillbornMs: random.below(4) === 0 ? random.below(700) : null,
    };
  }
}

function faultOf(random: Random): Fault {
  const kind = FAULTS[random.below(FAULTS.length)] ?? 'eio';
  const calls = kind === 'short' ? 'write' : (CALLS[random.below(CALLS.length)] ?? 'any');
  return {
    kind,
    calls,
    after: 1 + random.below(calls === 'sync' ? 60 : 400),
    times: kind === 'enospc' ? 1 + random.below(30) : 1,
  };
}
