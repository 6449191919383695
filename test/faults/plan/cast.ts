import { seededRandom } from '../../../cli/simulator/random.ts';

/** A device, and how far its clock runs ahead of true time (behind it, where negative). */
export type Device = { readonly id: string; readonly skewMs: number };

/** Somebody who writes. */
export type Actor = {
  /** The number of their plan within the chapter. */
  readonly number: number;
  /** Subject of their tokens and, for a judge, their seat. */
  readonly name: string;
  readonly role: 'operator' | 'judge' | 'supervisor';
  readonly bout: 'main' | 'held';
  /** A judge has two and changes between them; nobody else does. */
  readonly devices: readonly [Device, ...Device[]];
  /** Whether the device has told the server how far its clock is off. */
  readonly measured: boolean;
};

/** Nearly everybody writes to one bout; another is shown with a delay. A panel has nine seats at most. */
const TABLES = [
  { bout: 'main', supervisors: 1, judges: 8, operators: 151 },
  { bout: 'held', supervisors: 1, judges: 4, operators: 35 },
] as const;

const MAX_SKEW_MS = 3_600_000;

/** The 200 of a chapter. */
export function castOf(seed: number): readonly Actor[] {
  const random = seededRandom(seed);
  const skew = () => random.below(2 * MAX_SKEW_MS + 1) - MAX_SKEW_MS;
  let number = 0;
  const actor = (bout: Actor['bout'], role: Actor['role'], name: string): Actor => {
    number += 1;
    const first: Device = { id: `${name}.a`, skewMs: skew() };
    const devices: Actor['devices'] = role === 'judge' ? [first, { id: `${name}.b`, skewMs: skew() }] : [first];
    return { number, name, role, bout, devices, measured: random.below(2) === 0 };
  };
  const several = (bout: Actor['bout'], role: Actor['role'], count: number): readonly Actor[] =>
    Array.from({ length: count }, (_, i) => actor(bout, role, `${bout}.${role}${i + 1}`));
  return TABLES.flatMap(({ bout, supervisors, judges, operators }) => [
    ...several(bout, 'supervisor', supervisors),
    ...several(bout, 'judge', judges),
    ...several(bout, 'operator', operators),
  ]);
}
