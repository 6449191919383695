import { literal, number, object } from './decode.ts';

export const corner = literal('red', 'blue');

/** One number for each corner. */
export const pair = object({ red: number, blue: number });
