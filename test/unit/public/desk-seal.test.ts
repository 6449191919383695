import { describe, expect, it } from 'vitest';
import { beforeSealOf } from '../../../public/supervisor/bout/result/before-seal.ts';

const gap = {
  code: 'unsent_device',
  severity: 'critical' as const,
  detail: 'Device tablet-7: 2 entries have not arrived.',
};
const short = { code: 'too_few_actions', severity: 'critical' as const, detail: '4 actions.' };

describe('before a bout is sealed', () => {
  it('tells which rounds were never locked, and once what a device keeps back', () => {
    expect(
      beforeSealOf([
        { round_id: 1, locked: true, findings: [gap] },
        { round_id: 2, locked: false, findings: [short, gap] },
      ]),
    ).toEqual({ unlocked: [2], keptBack: [gap.detail] });
    expect(beforeSealOf([{ round_id: 1, locked: true, findings: [] }])).toEqual({ unlocked: [], keptBack: [] });
  });
});
