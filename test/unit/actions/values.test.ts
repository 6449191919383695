import { describe, expect, it } from 'vitest';
import {
  ACTION_TYPES,
  DEFAULT_VALUES,
  normaliseAction,
  typeFacts,
  validateValues,
  VALUE_KEYS,
  valueKey,
  valueOf,
  wireName,
} from '../../../domain/actions/index.ts';
import type { Action } from '../../../domain/actions/index.ts';
import type { LeafObject } from '../../../domain/ledger/index.ts';

function action(eventType: string, metadata: LeafObject = {}): Action {
  const read = normaliseAction(eventType, metadata);
  if (!read.ok) throw new Error(read.detail);
  return read.value.action;
}

/** The published table: significant and not significant, in points. */
const STRIKES: Readonly<Record<string, readonly [number, number]>> = {
  Jab: [0.1, 0.05],
  Cross: [0.14, 0.07],
  Hook: [0.14, 0.07],
  Uppercut: [0.14, 0.07],
  Elbow: [0.14, 0.07],
  Knee: [0.1, 0.05],
  'Head Kick': [0.15, 0.08],
  'Body Kick': [0.12, 0.06],
  'Low Kick': [0.1, 0.05],
  'Front Kick': [0.08, 0.04],
  Kick: [0.12, 0.06],
  Overhand: [0.14, 0.07],
  'Spinning Backfist': [0.14, 0.07],
};

const DAMAGE: Readonly<Record<string, number>> = {
  'Ground Strike Solid': 0.08,
  'Ground Strike Light': 0.04,
  Rocked: 0.3,
  'KD Flash': 0.4,
  'KD Hard': 0.7,
  'KD Near-Finish': 1,
};

const GRAPPLING: Readonly<Record<string, number>> = {
  'Takedown Landed': 0.25,
  'Takedown Stuffed': 0.04,
  'Submission Attempt Light': 0.25,
  'Submission Attempt Deep': 0.6,
  'Submission Attempt Near-Finish': 1,
  'Sweep/Reversal': 0.05,
  'Guard Passing': 0.05,
};

function micro(points: number): number {
  return Math.round(points * 1_000_000);
}

describe('the default values', () => {
  it('are those of the table of values', () => {
    for (const [name, [significant, plain]] of Object.entries(STRIKES)) {
      expect(valueOf(DEFAULT_VALUES, action(`SS ${name}`))).toEqual({ damage: micro(significant), grappling: 0 });
      expect(valueOf(DEFAULT_VALUES, action(name))).toEqual({ damage: micro(plain), grappling: 0 });
    }
    for (const [name, points] of Object.entries(DAMAGE)) {
      expect(valueOf(DEFAULT_VALUES, action(name))).toEqual({ damage: micro(points), grappling: 0 });
    }
    for (const [name, points] of Object.entries(GRAPPLING)) {
      expect(valueOf(DEFAULT_VALUES, action(name))).toEqual({ damage: 0, grappling: micro(points) });
    }
    expect([DEFAULT_VALUES['control.back'], DEFAULT_VALUES['control.top'], DEFAULT_VALUES['control.cage']]).toEqual([
      12, 10, 6,
    ]);
  });

  it('have a key for every action that counts, and no other', () => {
    expect(Object.keys(DEFAULT_VALUES).toSorted()).toEqual([...VALUE_KEYS].toSorted());
    for (const type of ACTION_TYPES) {
      const one = action(wireName(type), type === 'control_start' ? { control: 'cage' } : {});
      const key = valueKey(one);
      const none = typeFacts(type).aspect === null || type === 'control_stop';
      expect(key === null ? none : VALUE_KEYS.includes(key) && !none).toBe(true);
    }
    expect(valueKey(action('Control Start', { control: 'cage' }))).toBe('control.cage');
  });

  it('give nothing for what changes cards or is counted by its length', () => {
    for (const name of ['Point Deduction', 'Warning', 'Medical Timeout', 'Control Stop', 'Control Start Top']) {
      expect(valueOf(DEFAULT_VALUES, action(name))).toEqual({ damage: 0, grappling: 0 });
    }
  });

  it('never make an action worth 0 by being incomplete', () => {
    expect(() => valueOf({}, action('Jab'))).toThrow(RangeError);
  });
});

describe('values from outside', () => {
  it('are taken when complete', () => {
    const own = { ...DEFAULT_VALUES, jab: 0, rocked: 10_000_000 };
    expect(validateValues(own)).toEqual({ ok: true, value: own });
    expect(validateValues({ ...DEFAULT_VALUES })).toEqual({ ok: true, value: DEFAULT_VALUES });
  });

  it('are refused by name', () => {
    const { jab: _left, ...incomplete } = DEFAULT_VALUES;
    const cases: readonly (readonly [unknown, string])[] = [
      [null, 'values'],
      [[], 'values'],
      ['values', 'values'],
      [incomplete, 'values.jab'],
      [{ ...DEFAULT_VALUES, punch: 1 }, 'values.punch'],
      [{ ...DEFAULT_VALUES, jab: 0.05 }, 'values.jab'],
      [{ ...DEFAULT_VALUES, jab: -1 }, 'values.jab'],
      [{ ...DEFAULT_VALUES, jab: '1' }, 'values.jab'],
      [{ ...DEFAULT_VALUES, jab: 10_000_001 }, 'values.jab'],
      [{ ...DEFAULT_VALUES, 'control.top': 1001 }, 'values.control.top'],
    ];
    for (const [values, field] of cases) {
      const outcome = validateValues(values);
      expect(outcome.ok ? null : outcome.errors[0]?.field).toBe(field);
    }
  });
});
