import { describe, expect, it } from 'vitest';
import { bundlesOf } from '../../../../domain/log/index.ts';
import { figuresOf } from '../../../../public/archive/bout/rounds.ts';
import { missingIn } from '../../../../public/shared/seal/missing.ts';
import { sealIn } from '../../../../public/shared/seal/read-seal.ts';
import { namesIn } from '../../../../public/archive/figures/names.ts';
import { chanceText, rateText } from '../../../../public/archive/figures/numbers.ts';
import { decodeSearch } from '../../../../public/archive/wire/search.ts';
import { archiveWords } from '../../../../public/shared/strings/archive.ts';
import type { RoundView } from '../../../../public/shared/wire/frames.ts';

function roundOf(round: number, damage: readonly [number, number] | null): RoundView {
  const totals = (points: number) => ({ damage: points, grappling: 0, control: points / 2, weighted_score: points });
  return {
    round_id: round,
    status: 'LOCKED',
    total_events: 1,
    red_totals: damage === null ? null : totals(damage[0]),
    blue_totals: damage === null ? null : totals(damage[1]),
    deductions: { red: 0, blue: 0 },
  };
}

describe('damage and control', () => {
  it('are added up round by round, without the dust of binary fractions', () => {
    const figures = figuresOf([roundOf(1, [0.1, 1]), roundOf(2, [0.2, 2])], 'damage');
    expect(figures?.each).toEqual({ red: [0.1, 0.2], blue: [1, 2] });
    expect(figures?.sum).toEqual({ red: [0.1, 0.3], blue: [1, 3] });
    expect(figuresOf([roundOf(1, [0.1, 1])], 'control')?.each.blue).toEqual([0.5]);
  });

  it('are not known beyond a round that is not', () => {
    expect(figuresOf([roundOf(1, [1, 1]), roundOf(2, null), roundOf(3, [1, 1])], 'damage')?.sum.red).toEqual([
      1,
      null,
      null,
    ]);
  });

  it('are nothing where nothing is released, and leave out what was not fought', () => {
    expect(figuresOf([roundOf(1, null)], 'damage')).toBeNull();
    expect(figuresOf([roundOf(1, [1, 1]), { ...roundOf(2, [0, 0]), status: 'NOT_STARTED' }], 'damage')?.rounds).toEqual(
      [1],
    );
  });
});

describe('a seal', () => {
  const leaf = JSON.stringify({
    received_ms: 5,
    actor: { subject: 'sue', role: 'supervisor' },
    payload: { reason: 'the night is over' },
  });

  it('is read from the last leaf of the last bundle', () => {
    const [bundle] = [...bundlesOf(['{"kind":"action"}', leaf])];
    expect(sealIn(bundle?.bytes ?? new Uint8Array())).toEqual({
      received_ms: 5,
      actor: { subject: 'sue', role: 'supervisor' },
      payload: { reason: 'the night is over', devices: [], more_devices: 0 },
    });
  });

  it('says what devices numbered and never delivered', () => {
    const devices = [
      { device_id: 'whole', missing: [], declared: false },
      {
        device_id: 'lost',
        missing: [
          [3, 4],
          [9, 9],
        ],
        more_missing: 2,
        declared: true,
      },
    ];
    const [bundle] = [
      ...bundlesOf([
        JSON.stringify({ received_ms: 5, actor: { subject: 's', role: 'system' }, payload: { reason: null, devices } }),
      ]),
    ];
    const seal = sealIn(bundle?.bytes ?? new Uint8Array());
    expect(seal === null ? null : missingIn(seal)).toEqual([
      {
        device: 'lost',
        runs: [
          [3, 4],
          [9, 9],
        ],
        more: 2,
        declared: true,
      },
    ]);
  });

  it('is nobody’s where the bundle is damaged', () => {
    expect(sealIn(new Uint8Array([0, 9, 1]))).toBeNull();
    expect(sealIn(new Uint8Array())).toBeNull();
  });
});

describe('figures in words', () => {
  it('call a fighter by the newest name', () => {
    const hit = (name: string) => ({
      bout_id: name,
      bout_number: null,
      promotion: '',
      event: '',
      date: null,
      sport: null,
      fighter1: { id: 'f1', name },
      fighter2: { id: 'f2', name: 'Other' },
      status: 'FINAL',
      simulated: false,
      result: null,
      sealed: true,
    });
    const found = decodeSearch({
      hits: [hit('New Name'), hit('Old Name')],
      total: 2,
      total_is_capped: false,
      next_cursor: null,
      as_of_ms: 0,
      pending: null,
    });
    expect(namesIn(found ?? null).get('f1')).toBe('New Name');
    expect(namesIn(null).size).toBe(0);
  });

  it('have as many decimals as they bear, and never a chance of nought', () => {
    expect([0.5, 12.34, 123.4, null].map(rateText)).toEqual(['0.50', '12.3', '123', '–']);
    expect([0.5, 0.0123, 0.0004, 1e-9, 0].map(chanceText)).toEqual([
      '50 %',
      '1 %',
      '1 in 2,500',
      'less than 1 in a million',
      'less than 1 in a million',
    ]);
    expect([0, 0.004, 0.5, 0.996, 1].map(archiveWords.percent)).toEqual(['0 %', '0.4 %', '50 %', '99.6 %', '100 %']);
  });
});
