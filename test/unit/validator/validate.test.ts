import { describe, expect, it } from 'vitest';
import { leafProblem } from '../../../domain/ledger/index.ts';
import {
  DEFAULT_LIMITS,
  type Finding,
  isCritical,
  limitsFromLeaf,
  limitsToLeaf,
  type RoundFacts,
  validateRound,
} from '../../../domain/validator/index.ts';
import { everyMs, GOOD, human } from './support.ts';

function found(changes: Partial<RoundFacts>): readonly string[] {
  return validateRound({ ...GOOD, ...changes }, DEFAULT_LIMITS).map(({ code, severity }) => `${code} ${severity}`);
}

function only(changes: Partial<RoundFacts>): Finding {
  const [finding, ...more] = validateRound({ ...GOOD, ...changes }, DEFAULT_LIMITS);
  if (finding === undefined || more.length > 0) throw new Error(`found ${more.length + (finding ? 1 : 0)}`);
  return finding;
}

describe('a round that is complete', () => {
  it('has no findings', () => expect(found({})).toEqual([]));

  it('has none either when a stoppage cut it short', () => {
    expect(found({ elapsedMs: 100_000, stopped: true, actions: human(everyMs(20_000, 100_000)) })).toEqual([]);
  });

  it('may be over a moment before or after its time: a bell is rung by hand', () => {
    expect(found({ elapsedMs: 299_000 })).toEqual([]);
    expect(found({ elapsedMs: 301_000 })).toEqual([]);
  });
});

describe('the length', () => {
  it('is critical when it is off without a stoppage', () => {
    expect(found({ elapsedMs: 298_999 })).toEqual(['round_length critical']);
    expect(only({ elapsedMs: 240_000, actions: human(everyMs(30_000, 240_000)) })).toMatchObject({
      code: 'round_length',
      detail: 'The round lasted 4:00, not 5:00, and no stoppage says why.',
      facts: { length_ms: 300_000, elapsed_ms: 240_000 },
    });
    expect(found({ elapsedMs: 301_001 })).toEqual(['round_length critical']);
    // A stoppage explains a round that is too short, not one that is too long.
    expect(found({ elapsedMs: 301_001, stopped: true })).toEqual(['round_length critical']);
  });

  it('is not looked at while the round is on', () => {
    expect(found({ ended: false, elapsedMs: 120_000, actions: human(everyMs(20_000, 120_000)) })).toEqual([
      'not_over critical',
    ]);
  });
});

describe('the actions', () => {
  it('must be five, two of them logged by people', () => {
    expect(found({ actions: human([0, 60_000, 120_000, 180_000, 240_000]) })).toEqual([]);
    expect(found({ actions: human([60_000, 120_000, 180_000, 240_000]) })).toEqual(['too_few_actions critical']);
    const camera = everyMs(10_000, 300_000).map((clockMs) => ({ clockMs, source: 'camera' as const }));
    expect(found({ actions: camera })).toEqual(['too_few_human critical', 'human_gap critical']);
    const two = [...human([20_000, 70_000]), ...camera];
    expect(found({ actions: two, elapsedMs: 90_000, stopped: true })).toEqual([]);
    expect(found({ actions: [] })).toEqual([
      'too_few_actions critical',
      'too_few_human critical',
      'human_gap critical',
    ]);
  });

  it('leave no minute without one, nor the start, nor the end', () => {
    const at = [30_000, 90_000, 150_000, 210_000, 270_000];
    expect(found({ actions: human(at) })).toEqual([]);
    expect(found({ actions: human([...at.slice(0, 4), 270_001]) })).toEqual(['human_gap critical']);
    expect(found({ actions: human([60_000, 120_000, 180_000, 220_000, 240_000]) })).toEqual([]);
    expect(only({ actions: human([60_001, 120_000, 180_000, 220_000, 240_000]) }).facts).toEqual({
      gaps: [{ from_ms: 0, to_ms: 60_001 }],
    });
    expect(only({ actions: human([60_000, 120_000, 180_000, 220_000, 239_999]) })).toMatchObject({
      detail: 'No person logged anything from 3:59 to 5:00.',
      facts: { gaps: [{ from_ms: 239_999, to_ms: 300_000 }] },
    });
  });

  it('count from the first one in a round that nobody timed', () => {
    const actions = human([200_000, 230_000, 260_000, 290_000, 320_000]);
    expect(found({ timed: false, actions, elapsedMs: 0 })).toEqual([]);
    const apart = human([200_000, 230_000, 260_000, 290_000, 350_001]);
    expect(found({ timed: false, actions: apart })).toEqual(['human_gap critical']);
    expect(found({ timed: false, ended: false, actions })).toEqual([]);
    expect(found({ timed: false, actions: [] })).toEqual(['too_few_actions critical', 'too_few_human critical']);
  });
});

describe('a gap', () => {
  const actions = human([10_000, 50_000, 150_000, 200_000, 250_000]);

  it('is a warning where somebody held control all the while', () => {
    const held = {
      actions,
      control: [
        { fromMs: 90_000, toMs: 160_000 },
        { fromMs: 49_000, toMs: 100_000 },
      ],
    };
    expect(found(held)).toEqual(['human_gap warning']);
    expect(only(held).detail).toBe('No person logged anything from 0:50 to 2:30, while control was held.');
  });

  it('is covered by a hold exactly as long, and critical where another one is not', () => {
    const exact = { fromMs: 50_000, toMs: 150_000 };
    expect(found({ actions, control: [exact] })).toEqual(['human_gap warning']);
    const twice = human([10_000, 50_000, 150_000, 160_000, 221_000, 250_000]);
    expect(found({ actions: twice, control: [exact] })).toEqual(['human_gap critical']);
  });

  it('is critical where a moment of it is not covered', () => {
    expect(found({ actions, control: [{ fromMs: 50_001, toMs: 150_000 }] })).toEqual(['human_gap critical']);
    expect(found({ actions, control: [{ fromMs: 50_000, toMs: 149_999 }] })).toEqual(['human_gap critical']);
    const holes = [
      { fromMs: 50_000, toMs: 99_999 },
      { fromMs: 100_000, toMs: 150_000 },
    ];
    expect(found({ actions, control: holes })).toEqual(['human_gap critical']);
  });

  it('of the cameras is looked at only where they are on', () => {
    const seen = everyMs(30_000, 300_000).map((clockMs) => ({ clockMs, source: 'camera' as const }));
    expect(found({ camerasOn: true })).toEqual(['camera_gap critical']);
    expect(found({ camerasOn: true, actions: [...GOOD.actions, ...seen] })).toEqual([]);
    expect(only({ camerasOn: true, actions: [...GOOD.actions, ...seen.toSpliced(3, 1)] }).facts).toEqual({
      gaps: [{ from_ms: 60_000, to_ms: 120_000 }],
    });
  });
});

describe('what is not settled', () => {
  it('names each device that has kept something back', () => {
    const unsent = [
      { device: 'ipad-1', count: 3, why: 'reported' as const },
      { device: 'ipad-2', count: null, why: 'reported' as const },
      { device: 'ipad-3', count: 1, why: 'sequence_gap' as const },
      { device: 'ipad-4', count: 0, why: 'reported' as const },
    ];
    const findings = validateRound({ ...GOOD, unsent }, DEFAULT_LIMITS);
    expect(findings.map(({ detail }) => detail)).toEqual([
      'Device ipad-1 reports 3 entries that it has not sent.',
      'Device ipad-2 reports entries that it has not sent.',
      'Device ipad-3: 1 entry between its own numbers has not arrived.',
    ]);
    expect(findings.every(isCritical)).toBe(true);
  });

  it('names ten devices at most and says how many there are besides', () => {
    const keeping = (many: number) =>
      Array.from({ length: many }, (_, i) => ({ device: `ipad-${i}`, count: i + 1, why: 'reported' as const }));
    const sent = { device: 'ipad-x', count: 0, why: 'reported' as const };
    const of = (many: number) => validateRound({ ...GOOD, unsent: [sent, ...keeping(many)] }, DEFAULT_LIMITS);
    expect(of(10).map(({ facts }) => facts['device'])).toEqual(keeping(10).map(({ device }) => device));
    for (const [many, detail] of [
      [11, '1 further device has kept something back.'],
      [250, '240 further devices have kept something back.'],
    ] as const) {
      const findings = of(many);
      expect(findings.slice(0, 10)).toEqual(of(10));
      expect(findings.slice(10)).toEqual([
        { code: 'unsent_device', severity: 'critical', detail, facts: { devices: many - 10 } },
      ]);
    }
  });

  it('warns of control that was left open and of knockdowns that await the referee', () => {
    const findings = validateRound(
      { ...GOOD, openControl: [{ corner: 'red', kind: 'back', sinceMs: 250_000 }], pendingKnockdowns: [12, 7] },
      DEFAULT_LIMITS,
    );
    expect(findings).toEqual([
      {
        code: 'open_control',
        severity: 'warning',
        detail: 'Control by red (back) since 4:10 was left open; it counts to the bell.',
        facts: { corner: 'red', kind: 'back', since_ms: 250_000 },
      },
      {
        code: 'pending_knockdown',
        severity: 'warning',
        detail: '2 knockdowns await the referee.',
        facts: { indexes: [7, 12] },
      },
    ]);
    expect(findings.some(isCritical)).toBe(false);
  });

  it('can stand in a ledger', () => {
    const worst = { actions: [], camerasOn: true, elapsedMs: 1, pendingKnockdowns: [1] };
    for (const { facts } of validateRound({ ...GOOD, ...worst }, DEFAULT_LIMITS)) {
      expect(leafProblem(facts, 'facts')).toBeNull();
    }
  });
});

describe('the limits', () => {
  it('are configuration', () => {
    const strict = { minActions: 20, minHuman: 20, maxHumanGapMs: 1000, maxCameraGapMs: 1000 };
    expect(validateRound(GOOD, strict).map(({ code }) => code)).toEqual([
      'too_few_actions',
      'too_few_human',
      'human_gap',
    ]);
  });

  it('come back from a ledger, and are the usual ones where it names none', () => {
    const limits = { minActions: 0, minHuman: 1, maxHumanGapMs: 2, maxCameraGapMs: 3 };
    expect(limitsFromLeaf(limitsToLeaf(limits))).toEqual(limits);
    expect(limitsFromLeaf(null)).toEqual(DEFAULT_LIMITS);
    expect(limitsFromLeaf({ min_actions: 'x', min_human: -1, max_human_gap_ms: null })).toEqual(DEFAULT_LIMITS);
    expect(DEFAULT_LIMITS).toEqual({ minActions: 5, minHuman: 2, maxHumanGapMs: 60_000, maxCameraGapMs: 30_000 });
  });
});
