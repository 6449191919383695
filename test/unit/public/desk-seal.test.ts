import { describe, expect, it } from 'vitest';
import { beforeSealOf, unfoughtRound } from '../../../public/supervisor/bout/result/before-seal.ts';

const gap = {
  code: 'unsent_device',
  severity: 'critical' as const,
  detail: 'Device tablet-7: 2 entries have not arrived.',
};
const short = { code: 'too_few_actions', severity: 'critical' as const, detail: '4 actions.' };

describe('before a bout is sealed', () => {
  it('tells which rounds were never locked, and once what a device keeps back', () => {
    expect(
      beforeSealOf(
        [
          { round_id: 1, locked: true, findings: [gap] },
          { round_id: 2, locked: false, findings: [short, gap] },
        ],
        null,
      ),
    ).toEqual({ unlocked: [2], keptBack: [gap.detail] });
    expect(beforeSealOf([{ round_id: 1, locked: true, findings: [] }], null)).toEqual({ unlocked: [], keptBack: [] });
  });

  it('does not warn of a round that was never started, but of what a device keeps back of it', () => {
    expect(beforeSealOf([{ round_id: 1, locked: false, findings: [gap] }], 1)).toEqual({
      unlocked: [],
      keptBack: [gap.detail],
    });
  });

  it('knows a round by the bell or by an action', () => {
    const still = { round_id: 1, started: false, length_ms: 300_000, elapsed_ms: 0, running_since_ms: null };
    const round = (total: number | null) => ({
      round_id: 1,
      status: 'FINAL' as const,
      total_events: total,
      red_totals: null,
      blue_totals: null,
      deductions: { red: 0, blue: 0 },
    });
    expect(unfoughtRound({ round_id: 1, clock: still, rounds: [round(0)] })).toBe(1);
    expect(unfoughtRound({ round_id: 1, clock: { ...still, started: true }, rounds: [round(0)] })).toBeNull();
    expect(unfoughtRound({ round_id: 1, clock: still, rounds: [round(1)] })).toBeNull();
    expect(unfoughtRound({ round_id: 2, clock: { ...still, round_id: 2 }, rounds: [round(9)] })).toBe(2);
  });
});
