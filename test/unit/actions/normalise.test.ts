import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ACTION_TYPES,
  CONTROL_KINDS,
  isActionType,
  MAX_BACKFILL_MS,
  normaliseAction,
  POSITIONS,
  TARGETS,
  tierName,
  typeFacts,
  wireName,
} from '../../../domain/actions/index.ts';
import type { Action } from '../../../domain/actions/index.ts';
import type { LeafObject } from '../../../domain/ledger/index.ts';

function read(eventType: string, metadata: LeafObject = {}): { readonly action: Action; readonly assumed: boolean } {
  const read = normaliseAction(eventType, metadata);
  if (!read.ok) throw new Error(read.detail);
  return read.value;
}

function refusedField(eventType: string, metadata: LeafObject = {}): string | undefined {
  const read = normaliseAction(eventType, metadata);
  return read.ok || read.code !== 'bad_request' ? undefined : read.errors[0]?.field;
}

/** The name in any letter case, with any punctuation for its spaces and strokes. */
function disguised(name: string): fc.Arbitrary<string> {
  const letters = Array.from(name).map((letter) => {
    if (/[A-Za-z0-9]/.test(letter)) return fc.constantFrom(letter.toLowerCase(), letter.toUpperCase());
    return fc.constantFrom(' ', '_', '-', '/', '', '  ', '(', ').');
  });
  return fc.tuple(...letters).map((parts) => parts.join(''));
}

/** Every documented name with what it must mean. */
const NAMES: readonly (readonly [string, Partial<Action>])[] = [
  ['Jab', { type: 'jab', aspect: 'damage', significant: false, tier: null }],
  ['Cross', { type: 'cross' }],
  ['Hook', { type: 'hook' }],
  ['Uppercut', { type: 'uppercut' }],
  ['Elbow', { type: 'elbow' }],
  ['Knee', { type: 'knee' }],
  ['Kick', { type: 'kick', target: null }],
  ['Head Kick', { type: 'head_kick', target: 'head' }],
  ['Body Kick', { type: 'body_kick', target: 'body' }],
  ['Low Kick', { type: 'low_kick', target: 'leg' }],
  ['Leg Kick', { type: 'low_kick', target: 'leg' }],
  ['Front Kick', { type: 'front_kick' }],
  ['Spinning Backfist', { type: 'spinning_backfist' }],
  ['Overhand', { type: 'overhand' }],
  ['Ground Strike', { type: 'ground_strike', tier: 'light', position: 'ground' }],
  ['Ground Strike Light', { type: 'ground_strike', tier: 'light' }],
  ['Ground Strike (Solid)', { type: 'ground_strike', tier: 'solid' }],
  ['SS Jab', { type: 'jab', significant: true }],
  ['SS-Leg Kick', { type: 'low_kick', significant: true }],
  ['SS_HEAD_KICK', { type: 'head_kick', significant: true }],
  ['SS Ground Strike Solid', { type: 'ground_strike', tier: 'solid', significant: true }],
  ['Rocked', { type: 'rocked', aspect: 'damage', tier: null }],
  ['Rocked/Stunned', { type: 'rocked' }],
  ['KD', { type: 'kd', tier: 'flash' }],
  ['Knockdown', { type: 'kd', tier: 'flash' }],
  ['KD Flash', { type: 'kd', tier: 'flash' }],
  ['KD Hard', { type: 'kd', tier: 'hard' }],
  ['KD-Near-Finish', { type: 'kd', tier: 'near_finish' }],
  ['Takedown Landed', { type: 'takedown_landed', aspect: 'grappling' }],
  ['Takedown', { type: 'takedown_landed' }],
  ['Takedown Stuffed', { type: 'takedown_stuffed' }],
  ['Submission Attempt', { type: 'submission_attempt', tier: 'light' }],
  ['Submission Attempt Standard', { type: 'submission_attempt', tier: 'light' }],
  ['Submission Attempt Light', { type: 'submission_attempt', tier: 'light' }],
  ['Submission Attempt Deep', { type: 'submission_attempt', tier: 'deep' }],
  ['Submission Attempt: Near-Finish', { type: 'submission_attempt', tier: 'near_finish' }],
  ['Sweep/Reversal', { type: 'sweep_reversal' }],
  ['Guard Passing', { type: 'guard_passing' }],
  ['Control Start Top', { type: 'control_start', aspect: 'control', control: 'top' }],
  ['CTRL_START_BACK', { type: 'control_start', control: 'back' }],
  ['Control Stop', { type: 'control_stop', control: null }],
  ['Control Stop (Cage)', { type: 'control_stop', control: 'cage' }],
  ['CTRL_STOP', { type: 'control_stop' }],
  ['CTRL_END', { type: 'control_stop' }],
  ['Point Deduction', { type: 'point_deduction', aspect: null }],
  ['Warning', { type: 'warning', aspect: null }],
  ['Medical Timeout', { type: 'medical_timeout', aspect: null }],
];

describe('names', () => {
  for (const [name, meaning] of NAMES) {
    it(`${name} is understood, in any letter case and punctuation`, () => {
      expect(read(name).action).toMatchObject(meaning);
      fc.assert(
        fc.property(disguised(name), (other) => {
          expect(read(other)).toEqual(read(name));
        }),
        { numRuns: 25 },
      );
    });
  }

  it('of the catalogue read back as their own type, ids too', () => {
    for (const type of ACTION_TYPES) {
      const metadata = type === 'control_start' ? { control: 'Top' } : {};
      for (const name of [wireName(type), type, ...typeFacts(type).aliases]) {
        expect(read(name, metadata).action.type).toBe(type);
      }
    }
  });

  it('of every type with each of its tiers, in the name or beside it, mean the same', () => {
    for (const type of ACTION_TYPES) {
      for (const tier of typeFacts(type).tiers) {
        const inName = read(`${wireName(type)} ${tierName(tier)}`);
        expect(inName).toMatchObject({ action: { type, tier }, assumed: false });
        for (const field of ['tier', 'quality', 'severity']) {
          expect(read(wireName(type), { [field]: tierName(tier) })).toEqual(inName);
        }
      }
    }
  });

  it('that are unknown are refused, and a near one is offered', () => {
    const offer = normaliseAction('Jabb', {});
    expect(offer.ok ? '' : offer.detail).toContain('near to it: Jab');
    for (const name of [
      '',
      '   ',
      'Stare',
      'SS',
      'SS KD',
      'SS Takedown',
      'Jab Hard',
      'Top',
      'Control',
      'constructor',
      'KD (NF)',
    ]) {
      expect([name, refusedField(name)]).toEqual([name, 'event_type']);
    }
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (name) => {
        const outcome = normaliseAction(name, { control: 'top' });
        const sound = outcome.ok ? isActionType(outcome.value.action.type) : outcome.detail.length < 300;
        expect([sound, outcome.ok ? 'event_type' : outcome.errors[0]?.field]).toEqual([true, 'event_type']);
      }),
    );
  });

  it('are not cut short or cleaned of other letters', () => {
    expect(refusedField('Jäb')).toBe('event_type');
    expect(refusedField('Jab|Cross')).toBe('event_type');
  });
});

describe('metadata', () => {
  it('says what is significant', () => {
    expect(read('Jab', { significant: true }).action.significant).toBe(true);
    expect(read('Jab', { significant: null }).action.significant).toBe(false);
    expect(read('SS Jab', { significant: true }).action.significant).toBe(true);
    // Meaningless on what has one value only.
    expect(read('Rocked', { significant: true }).action.significant).toBe(false);
    expect(refusedField('SS Jab', { significant: false })).toBe('metadata.significant');
    expect(refusedField('Jab', { significant: 'yes' })).toBe('metadata.significant');
  });

  it('says the tier; without one the lowest is assumed, and said so', () => {
    expect(read('KD')).toMatchObject({ action: { tier: 'flash' }, assumed: true });
    expect(read('KD', { tier: 'near finish' })).toMatchObject({ action: { tier: 'near_finish' }, assumed: false });
    expect(read('Submission Attempt', { tier: 'Standard' })).toMatchObject({
      action: { tier: 'light' },
      assumed: false,
    });
    expect(read('Ground Strike', { quality: 'SOLID' }).action.tier).toBe('solid');
    expect(read('Jab').assumed).toBe(false);
  });

  it('must know its tiers', () => {
    expect(refusedField('KD', { tier: 'Deep' })).toBe('metadata.tier');
    expect(refusedField('KD', { tier: 'Standard' })).toBe('metadata.tier');
    expect(refusedField('KD', { severity: 3 })).toBe('metadata.severity');
    expect(refusedField('Ground Strike', { quality: 'good' })).toBe('metadata.quality');
    expect(refusedField('Jab', { tier: 'Hard' })).toBe('metadata.tier');
    // On what has no tiers these are the client's own notes.
    expect(read('Jab', { quality: 'crisp', severity: 3 }).action.tier).toBeNull();
  });

  it('must not contradict the name or itself', () => {
    expect(refusedField('KD Hard', { tier: 'Flash' })).toBe('metadata.tier');
    expect(refusedField('KD', { tier: 'Hard', severity: 'Flash' })).toBe('metadata.severity');
    expect(read('KD Hard', { tier: 'hard', severity: 'HARD' }).action.tier).toBe('hard');
    expect(refusedField('Body Kick', { target: 'head' })).toBe('metadata.target');
    expect(refusedField('Control Start Top', { control: 'Back' })).toBe('metadata.control');
  });

  it('says which control starts, and may say which stops', () => {
    for (const kind of CONTROL_KINDS) {
      expect(read('Control Start', { control: kind.toUpperCase() }).action.control).toBe(kind);
      expect(read('Control Stop', { control: kind }).action.control).toBe(kind);
    }
    expect(refusedField('Control Start')).toBe('metadata.control');
    expect(refusedField('Control Start', { control: 'Side' })).toBe('metadata.control');
    expect(refusedField('Control Stop', { control: 'Side' })).toBe('metadata.control');
    expect(read('Jab', { control: 'Side' }).action.control).toBeNull();
  });

  it('says target and position', () => {
    for (const target of TARGETS) expect(read('Kick', { target }).action.target).toBe(target);
    for (const position of POSITIONS) expect(read('Jab', { position }).action.position).toBe(position);
    expect(read('Ground Strike', { position: 'Distance' }).action.position).toBe('distance');
    expect(refusedField('Kick', { target: 'arm' })).toBe('metadata.target');
    expect(refusedField('Kick', { position: 1 })).toBe('metadata.position');
  });

  it('says how far control is filled in afterwards', () => {
    const start = (ms: number | string) => ({ control: 'top', backfill_ms: ms });
    expect(read('Control Start', start(1)).action.backfillMs).toBe(1);
    expect(read('Control Start', start(MAX_BACKFILL_MS)).action.backfillMs).toBe(300_000);
    expect(read('Control Start', { control: 'top' }).action.backfillMs).toBeNull();
    for (const wrong of [0, -1, MAX_BACKFILL_MS + 1, 1.5, '5']) {
      expect(refusedField('Control Start', start(wrong))).toBe('metadata.backfill_ms');
    }
    expect(refusedField('Control Stop', { backfill_ms: 1 })).toBe('metadata.backfill_ms');
  });
});
