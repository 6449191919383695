import { describe, expect, it } from 'vitest';
import { ACTION_TYPES, normaliseAction, POSITIONS, TARGETS, typeFacts } from '../../../domain/actions/index.ts';
import { FIRST_MODES, positionAfter, withTarget } from '../../../public/operator/modes.ts';
import { ACTION_IDS, aspectOf, PALETTE } from '../../../public/operator/palette.ts';
import { mayAspect, mayCorner, permitsOf } from '../../../public/operator/permits.ts';
import {
  controlBefore,
  controlStart,
  controlStop,
  meaningOf,
  sayingOf,
  takesTarget,
} from '../../../public/operator/saying.ts';
import { sentenceOf } from '../../../public/operator/words.ts';

const PLAIN = { significant: false, target: null, position: null } as const;

describe('what an operator’s key says', () => {
  it('is understood by the domain, whatever the modes are', () => {
    for (const id of ACTION_IDS) {
      for (const significant of [false, true]) {
        for (const target of [null, ...TARGETS]) {
          for (const position of [null, ...POSITIONS]) {
            const { event_type, metadata } = sayingOf(id, { significant, target, position });
            const read = normaliseAction(event_type, metadata);
            expect(read.ok && !read.value.assumed, `${id} ${target ?? ''}`).toBe(true);
          }
        }
      }
    }
  });

  it('reaches every type of action but those of the referee and the edges of control', () => {
    const reached = new Set<string>(ACTION_IDS.map((id) => PALETTE[id].type));
    const missing = ACTION_TYPES.filter((type) => !reached.has(type));
    expect(missing).toEqual(['control_start', 'control_stop', 'point_deduction', 'warning', 'medical_timeout']);
    for (const type of ACTION_TYPES) {
      const tiers = ACTION_IDS.filter((id) => PALETTE[id].type === type).map((id) => PALETTE[id].tier);
      if (reached.has(type))
        expect(new Set(tiers), type).toEqual(
          new Set(typeFacts(type).tiers.length > 0 ? typeFacts(type).tiers : [null]),
        );
    }
  });

  it('says a target and a position only where they are true of the type', () => {
    const manner = { significant: true, target: 'head', position: 'clinch' } as const;
    expect(sayingOf('jab', manner)).toEqual({
      event_type: 'Jab',
      metadata: { significant: true, target: 'head', position: 'clinch' },
    });
    expect(sayingOf('low_kick', manner).metadata).toEqual({ significant: true, position: 'clinch' });
    expect(sayingOf('kd_hard', manner).metadata).toEqual({ tier: 'Hard', position: 'clinch' });
    expect(sayingOf('takedown_landed', manner).metadata).toEqual({ position: 'clinch' });
    expect(sayingOf('guard_passing', manner).metadata).toEqual({});
    expect(sayingOf('ground_solid', manner).metadata).toEqual({ significant: true, tier: 'Solid', target: 'head' });
    expect(sayingOf('rocked', PLAIN)).toEqual({ event_type: 'Rocked', metadata: {} });
  });

  it('makes a kick whose target is said the kick to that target', () => {
    const to = (target: 'head' | 'body' | 'leg') => sayingOf('kick', { ...PLAIN, target });
    expect(to('head')).toEqual({ event_type: 'Head Kick', metadata: { significant: false } });
    expect(to('body').event_type).toBe('Body Kick');
    expect(to('leg').event_type).toBe('Low Kick');
    expect(sayingOf('kick', PLAIN).event_type).toBe('Kick');
    expect(sayingOf('front_kick', { ...PLAIN, target: 'body' }).metadata).toMatchObject({ target: 'body' });
    expect([takesTarget('kick'), takesTarget('low_kick'), takesTarget('rocked')]).toEqual([true, false, false]);
  });

  it('names control, its edges and what is filled in afterwards', () => {
    expect(meaningOf(controlStart('cage').event_type, controlStart('cage').metadata)).toMatchObject({
      type: 'control_start',
      control: 'cage',
      backfillMs: null,
    });
    expect(meaningOf(controlStop('back').event_type, controlStop('back').metadata)).toMatchObject({
      type: 'control_stop',
      control: 'back',
    });
    const { event_type, metadata } = controlBefore('top', 20);
    expect(meaningOf(event_type, metadata)).toMatchObject({ control: 'top', backfillMs: 20_000 });
    expect(sentenceOf('blue', event_type, metadata)).toBe('Blue Top control, 20 s before');
    expect(meaningOf('Jab', { target: 'nose' })).toBeNull();
  });
});

describe('the modes', () => {
  it('go round and back again', () => {
    expect(positionAfter('distance', 1)).toBe('clinch');
    expect(positionAfter('ground', 1)).toBe('distance');
    expect(positionAfter('distance', -1)).toBe('ground');
    const modes = { ...FIRST_MODES, corner: 'red' } as const;
    expect(withTarget(modes, 'body').target).toBe('body');
    expect(withTarget(withTarget(modes, 'body'), 'leg').target).toBe('leg');
    expect(withTarget(withTarget(modes, 'body'), 'body').target).toBeNull();
  });
});

describe('what a link allows', () => {
  it('is everything where it says nothing', () => {
    const all = permitsOf({ corners: null, aspects: null });
    expect([mayCorner(all, 'red'), mayCorner(all, 'blue')]).toEqual([true, true]);
    expect(ACTION_IDS.every((id) => mayAspect(all, aspectOf(id)))).toBe(true);
  });

  it('is what it says, and nothing more', () => {
    const some = permitsOf({ corners: ['blue'], aspects: ['control'] });
    expect([mayCorner(some, 'red'), mayCorner(some, 'blue')]).toEqual([false, true]);
    expect(ACTION_IDS.some((id) => mayAspect(some, aspectOf(id)))).toBe(false);
    expect([mayAspect(some, 'control'), mayAspect(some, null)]).toEqual([true, true]);
  });
});
