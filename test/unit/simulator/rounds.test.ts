import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { DEFAULT_ROUNDS, loadRounds, parseRounds } from '../../../cli/simulator/rounds.ts';

const fileShape = z.looseObject({ rounds: z.array(z.looseObject({ red: z.record(z.string(), z.number()) })) });

/** The fixture with some columns of red's first round replaced. */
function changed(columns: Readonly<Record<string, number>>): unknown {
  const file = fileShape.parse(JSON.parse(readFileSync(DEFAULT_ROUNDS, 'utf8')));
  Object.assign(file.rounds[0]?.red ?? {}, columns);
  return file;
}

describe('a rounds file', () => {
  test('is taken when its columns agree', () => {
    expect(parseRounds(changed({}), 'file')).toEqual(loadRounds());
  });

  test.each([
    [{ head_l: 5 }, 'rounds.0.red.sig_l: head_l, body_l and leg_l must add up to sig_l'],
    [{ dist_l: 4 }, 'rounds.0.red.sig_l: dist_l, clinch_l and ground_l must add up to sig_l'],
    [{ tot_l: 5 }, 'rounds.0.red.tot_l: tot_l must not be below sig_l'],
    [{ td_a: 0 }, 'rounds.0.red.td_a: td_a must not be below td_l'],
    [{ ctrl: 300 }, 'rounds.0.red.ctrl: control of both fighters must be shorter than the round'],
    [{ kd: -1 }, 'rounds.0.red.kd'],
    [{ rev: 0.5 }, 'rounds.0.red.rev'],
    [{ punches: 3 }, 'rounds.0.red'],
  ])('with %o is refused by name', (columns, fault) => {
    expect(() => parseRounds(changed(columns), 'my.json')).toThrow(`my.json is not a rounds file: ${fault}`);
  });

  test('with other round numbers is refused', () => {
    const file = fileShape.parse(changed({}));
    file.rounds.reverse();
    expect(() => parseRounds(file, 'my.json')).toThrow('rounds must be numbered 1, 2, …');
  });
});
