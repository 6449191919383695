/** Verifying records at a terminal. */
export { parseVerifyFlags, VERIFY_USAGE } from './flags.ts';
export { placesIn } from './places.ts';
export { runVerify, type Terminal } from './run.ts';
export { printable } from './show.ts';
