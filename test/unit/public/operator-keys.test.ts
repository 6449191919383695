import { describe, expect, it } from 'vitest';
import { COMMAND_IDS, DEFAULT_KEYS } from '../../../public/operator/keys/commands.ts';
import {
  changedKeys,
  commandOf,
  holderOf,
  isDefault,
  isUsable,
  readKeys,
  withKey,
} from '../../../public/operator/keys/keymap.ts';
import { legendOf } from '../../../public/operator/keys/legend.ts';
import { type KeyFacts, readPress } from '../../../public/operator/keys/press.ts';

const PLAIN: KeyFacts = {
  code: '',
  repeat: false,
  shiftKey: false,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  isComposing: false,
};

function press(code: string, more: Partial<KeyFacts> = {}, keysOn = true) {
  return readPress({ ...PLAIN, code, ...more }, DEFAULT_KEYS, keysOn);
}

describe('the keys of the operator', () => {
  it('are those that the product promises', () => {
    const promised = {
      jab: 'Digit1',
      cross: 'Digit2',
      hook: 'Digit3',
      uppercut: 'Digit4',
      elbow: 'Digit5',
      knee: 'Digit6',
      kick: 'Digit7',
      rocked: 'KeyQ',
      kd_flash: 'KeyW',
      kd_hard: 'KeyE',
      kd_near_finish: 'KeyR',
      submission_light: 'KeyA',
      submission_deep: 'KeyS',
      submission_near_finish: 'KeyD',
      control_back: 'KeyZ',
      control_top: 'KeyX',
      control_cage: 'KeyC',
      takedown_landed: 'KeyV',
      takedown_stuffed: 'KeyB',
      ground_solid: 'KeyG',
      ground_light: 'KeyF',
      position: 'Tab',
      undo: 'Backspace',
    };
    expect(DEFAULT_KEYS).toMatchObject(promised);
  });

  it('are one for each command, and none that the browser needs', () => {
    const codes = COMMAND_IDS.map((id) => DEFAULT_KEYS[id] ?? '');
    expect(new Set(codes).size).toBe(COMMAND_IDS.length);
    expect(codes.filter((code) => !isUsable(code))).toEqual([]);
    for (const code of [
      'F1',
      'F5',
      'F12',
      'Escape',
      'Enter',
      'ShiftLeft',
      'MetaRight',
      'CapsLock',
      '',
      'Unidentified',
    ]) {
      expect(isUsable(code), code).toBe(false);
    }
  });

  it('change one at a time; whoever had the key gets the former one', () => {
    expect(holderOf(DEFAULT_KEYS, 'jab', 'KeyE')).toBe('kd_hard');
    expect(holderOf(DEFAULT_KEYS, 'jab', 'Digit1')).toBeNull();
    expect(holderOf(DEFAULT_KEYS, 'jab', 'KeyY')).toBeNull();
    const swapped = withKey(DEFAULT_KEYS, 'jab', 'KeyE');
    expect([swapped.jab, swapped.kd_hard]).toEqual(['KeyE', 'Digit1']);
    expect(commandOf(swapped, 'KeyE')).toBe('jab');
    expect(isDefault(swapped)).toBe(false);
    expect(isDefault(withKey(swapped, 'jab', 'Digit1'))).toBe(true);
  });

  it('are kept as what was changed, and read back over the defaults', () => {
    const changed = withKey(withKey(DEFAULT_KEYS, 'jab', 'KeyE'), 'undo', 'Delete');
    expect(changedKeys(changed)).toEqual({ jab: 'KeyE', kd_hard: 'Digit1', undo: 'Delete' });
    expect(readKeys(changedKeys(changed))).toEqual(changed);
    expect(readKeys({})).toEqual(DEFAULT_KEYS);
    expect(readKeys([])).toBeUndefined();
  });

  it('never do two things, whatever was kept', () => {
    // A choice of the user's against a default; one key chosen twice; a key that cannot be used; an unknown command.
    const read = readKeys({ jab: 'KeyE', cross: 'KeyP', hook: 'KeyP', knee: 'F5', elbow: null, shout: 'KeyY' });
    expect(read).toMatchObject({
      jab: 'KeyE',
      kd_hard: null,
      cross: 'KeyP',
      hook: 'Digit3',
      knee: 'Digit6',
      elbow: null,
    });
    const codes = Object.values(read ?? {}).filter((code) => code !== null);
    expect(new Set(codes).size).toBe(codes.length);
  });

  it('are read by their place, so that Shift and the layout change nothing', () => {
    expect(press('Digit1')).toEqual({ outcome: 'command', command: 'jab', shift: false });
    expect(press('Digit1', { shiftKey: true })).toEqual({ outcome: 'command', command: 'jab', shift: true });
    expect(press('Tab', { shiftKey: true })).toEqual({ outcome: 'command', command: 'position', shift: true });
  });

  it('leave combinations, other keys and what is being composed to the browser', () => {
    for (const more of [{ ctrlKey: true }, { altKey: true }, { metaKey: true }, { isComposing: true }]) {
      expect(press('KeyR', more)).toEqual({ outcome: 'not_ours' });
    }
    expect(press('F5')).toEqual({ outcome: 'not_ours' });
    expect(press('KeyL')).toEqual({ outcome: 'not_ours' });
  });

  it('count a key that is held once, and keep its repeats from the browser', () => {
    expect(press('Digit1', { repeat: true })).toEqual({ outcome: 'held' });
    expect(press('Backspace', { repeat: true })).toEqual({ outcome: 'held' });
    expect(press('KeyL', { repeat: true })).toEqual({ outcome: 'not_ours' });
  });

  it('can be turned off, but for the key that turns them on', () => {
    expect(press('Digit1', {}, false)).toEqual({ outcome: 'not_ours' });
    expect(press('Tab', {}, false)).toEqual({ outcome: 'not_ours' });
    expect(press('Equal', {}, false)).toEqual({ outcome: 'command', command: 'keys', shift: false });
    expect(press('Escape', {}, false)).toEqual({ outcome: 'leave' });
  });

  it('are shown as this keyboard marks them', () => {
    const azerty = new Map([
      ['KeyQ', 'a'],
      ['Digit1', '&'],
    ]);
    expect(legendOf('KeyQ', azerty)).toBe('A');
    expect(legendOf('Digit1', azerty)).toBe('&');
    expect(legendOf('KeyQ', null)).toBe('Q');
    expect(legendOf('Digit1', null)).toBe('1');
    expect(legendOf('ArrowLeft', azerty)).toBe('←');
    expect(legendOf('Numpad4', null)).toBe('Num 4');
    expect(legendOf('IntlRo', null)).toBe('IntlRo');
  });
});
