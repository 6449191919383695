import { env } from 'cloudflare:workers';
import { type BoutFacts, type CornerFacts, type DeviceFacts, FACTS_VERSION } from '../../domain/analytics/index.ts';
import type { Audience } from '../../domain/roles/index.ts';
import { writeFacts } from '../../workers/analytics/write-facts.ts';

/** Long ago: what is official since then is held back from nobody. */
export const FIRST_NIGHT = Date.UTC(2000, 0, 1);

export function corner(significant: number): CornerFacts {
  return {
    damage: {
      microPoints: significant * 100_000,
      strikes: significant + 2,
      significant,
      head: significant,
      body: 0,
      leg: 0,
      distance: significant,
      clinch: 0,
      ground: 0,
      knockdowns: 1,
      flash: 0,
      hard: 1,
      nearFinish: 0,
      rocked: 0,
    },
    grappling: { microPoints: 250_000, takedowns: 1, stuffed: 0, submissions: 0, reversals: 0 },
    control: { microPoints: 600_000, ms: 60_000 },
    deductionsX10: 0,
    actions: { jab: 2, 'jab.significant': significant, 'kd.hard': 1, takedown_landed: 1 },
  };
}

export function deviceFacts(device: string, over: Partial<DeviceFacts> = {}): DeviceFacts {
  return {
    device,
    taps: 100,
    strikes: 80,
    significant: 40,
    voided: 2,
    replaced: 1,
    suppressed: 1,
    late: 0,
    implausible: 0,

    afterSwap: 0,
    activeMs: 900_000,
    lag: { p05: 20, p50: 60, p95: 150 },
    numbered: 100,
    missing: 0,
    ...over,
  };
}

/** A bout of three rounds that red won; each landed so much in each of them. */
export function factsOf(
  red: string | null,
  blue: string | null,
  night: number,
  landed: readonly [number, number] = [10, 5],
): BoutFacts {
  const officialMs = FIRST_NIGHT + night * 86_400_000;
  return {
    version: FACTS_VERSION,
    date: new Date(officialMs).toISOString().slice(0, 10),
    sport: 'mma',
    ruleset: 'mma-unified',
    scheduledRounds: 3,
    valuesVersion: 'v1',
    result: {
      officialMs,
      openMs: officialMs,
      method: 'KO',
      decision: null,
      round: 3,
      clockMs: 240_000,
      fighters: { red: { fighter: red, outcome: 'win' }, blue: { fighter: blue, outcome: 'loss' } },
    },
    rounds: [1, 2, 3].map((round) => ({
      round,
      foughtMs: round === 3 ? 240_000 : 300_000,
      corners: { red: corner(landed[0]), blue: corner(landed[1]) },
    })),
    devices: [],
    observers: [],
  };
}

export type Stored = {
  readonly cardId?: string;
  readonly statistics?: Audience;
  readonly simulated?: boolean;
};

export async function store(boutId: string, facts: BoutFacts | null, said: Stored = {}): Promise<void> {
  await storeAll([[boutId, facts, said]]);
}

/** In one batch, which is what takes the time. */
export async function storeAll(
  bouts: readonly (readonly [boutId: string, facts: BoutFacts | null, said?: Stored])[],
): Promise<void> {
  await env.INDEX.batch(
    bouts.flatMap(([boutId, facts, said = {}]) => {
      const { cardId = null, simulated = false } = said;
      const statistics: Audience = said.statistics ?? 'public';
      const release = { statistics, scorecards: 'commission', recommendation: 'commission' } as const;
      return writeFacts(env.INDEX, { boutId, cardId, release, simulated, facts });
    }),
  );
}
