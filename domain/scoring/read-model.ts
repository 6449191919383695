import { INPUT_GROUPS, type InputGroup } from './input.ts';
import { eraOf, type MarginWeights, SIGNS, type SignName, signsFrom } from './margin.ts';
import { measuresWithout } from './measures.ts';
import { coversEveryLack, type Model, type Variant } from './model.ts';
import type { Network, OverYears, WinnerWeights } from './winner.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads a weights file. Whatever is missing, of the wrong length, not finite or negative where that would let offence
 * lower one's own chance ends the reading.
 * @throws Error naming the place that is wrong
 */
export function readModel(value: unknown): Model {
  const file = fields(value, 'weights');
  const fittedOn = fields(file['fittedOn'], 'fittedOn');
  const variants = list(file['variants'], 'variants').map((variant, i) => readVariant(variant, `variants[${i}]`));
  if (!coversEveryLack(variants)) fail('variants', 'must begin with one that lacks nothing and end with all lacking');
  return {
    version: text(file['version'], 'version'),
    fittedOn: {
      rounds: from(fittedOn['rounds'], 1, 'fittedOn.rounds'),
      bouts: from(fittedOn['bouts'], 1, 'fittedOn.bouts'),
      firstYear: from(fittedOn['firstYear'], 1, 'fittedOn.firstYear'),
      lastYear: from(fittedOn['lastYear'], from(fittedOn['firstYear'], 1, 'fittedOn.firstYear'), 'fittedOn.lastYear'),
    },
    tooCloseBelow: within(file['tooCloseBelow'], 0.5, 1, 'tooCloseBelow'),
    tooCloseReason: text(file['tooCloseReason'], 'tooCloseReason'),
    twoPointFrom: within(file['twoPointFrom'], 0, 1, 'twoPointFrom'),
    variants,
  };
}

function readVariant(value: unknown, place: string): Variant {
  const variant = fields(value, place);
  const lacked = list(variant['lacked'], `${place}.lacked`).map((group) => readGroup(group, `${place}.lacked`));
  const measures = measuresWithout(lacked);
  sameNames(variant['measures'], measures, `${place}.measures`);
  const signs = list(variant['signs'], `${place}.signs`).map((name) => readSign(name, `${place}.signs`));
  sameNames(signs, signsFrom(measures), `${place}.signs`);
  return {
    lacked,
    measures,
    winner: readWinner(variant['winner'], measures.length, `${place}.winner`),
    signs,
    margin: readMargin(variant['margin'], signs.length, `${place}.margin`),
  };
}

function readWinner(value: unknown, width: number, place: string): WinnerWeights {
  const winner = fields(value, place);
  return {
    scale: numbers(winner['scale'], width, 1e-9, `${place}.scale`),
    offset: numbers(winner['offset'], width, 1e-9, `${place}.offset`),
    difference: readOverYears(winner['difference'], width, `${place}.difference`),
    lead: readOverYears(winner['lead'], width, `${place}.lead`),
    networks: list(winner['networks'], `${place}.networks`).map((network, i) =>
      readNetwork(network, width, `${place}.networks[${i}]`),
    ),
    sharpness: from(winner['sharpness'], 1e-9, `${place}.sharpness`),
  };
}

function readOverYears(value: unknown, width: number, place: string): OverYears {
  const weights = fields(value, place);
  return {
    early: numbers(weights['early'], width, 0, `${place}.early`),
    late: numbers(weights['late'], width, 0, `${place}.late`),
  };
}

function readNetwork(value: unknown, width: number, place: string): Network {
  const network = fields(value, place);
  const units = list(network['out'], `${place}.out`).length;
  const rows = (name: string): number[][] => {
    const found = list(network[name], `${place}.${name}`);
    if (found.length !== units) fail(`${place}.${name}`, `must have ${units} rows`);
    return found.map((row, i) => numbers(row, width, 0, `${place}.${name}[${i}]`));
  };
  return {
    out: numbers(network['out'], units, 0, `${place}.out`),
    own: rows('own'),
    other: rows('other'),
    bias: numbers(network['bias'], units, -Infinity, `${place}.bias`),
  };
}

function readMargin(value: unknown, width: number, place: string): MarginWeights {
  const margin = fields(value, place);
  return {
    base: from(margin['base'], -Infinity, `${place}.base`),
    signs: readOverYears(margin['signs'], width, `${place}.signs`),
    eras: numbers(margin['eras'], eraOf(0).length, -Infinity, `${place}.eras`),
    shift: from(margin['shift'], -Infinity, `${place}.shift`),
    sharpness: from(margin['sharpness'], 0, `${place}.sharpness`),
  };
}

function fail(place: string, what: string): never {
  throw new Error(`weights of the statistical judge: ${place} ${what}`);
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fields(value: unknown, place: string): Fields {
  return isFields(value) ? value : fail(place, 'must be an object');
}

function list(value: unknown, place: string): readonly unknown[] {
  return Array.isArray(value) ? value : fail(place, 'must be a list');
}

function text(value: unknown, place: string): string {
  return typeof value === 'string' && value !== '' ? value : fail(place, 'must be a text');
}

function from(value: unknown, least: number, place: string): number {
  if (typeof value === 'number' && Number.isFinite(value) && value >= least) return value;
  return fail(place, Number.isFinite(least) ? `must be a number of ${least} or more` : 'must be a finite number');
}

function within(value: unknown, least: number, most: number, place: string): number {
  const number = from(value, least, place);
  return number <= most ? number : fail(place, `must be at most ${most}`);
}

function numbers(value: unknown, length: number, least: number, place: string): number[] {
  const found = list(value, place);
  if (found.length !== length) fail(place, `must have ${length} numbers`);
  return found.map((number, i) => from(number, least, `${place}[${i}]`));
}

function sameNames(value: unknown, names: readonly string[], place: string): void {
  const found = list(value, place);
  if (found.length !== names.length || names.some((name, i) => found[i] !== name)) {
    fail(place, `must be ${names.join(', ')}`);
  }
}

function readGroup(value: unknown, place: string): InputGroup {
  return INPUT_GROUPS.find((group) => group === value) ?? fail(place, 'has a group that does not exist');
}

function readSign(value: unknown, place: string): SignName {
  return typeof value === 'string' && isSign(value) ? value : fail(place, 'has a sign that does not exist');
}

function isSign(name: string): name is SignName {
  return Object.hasOwn(SIGNS, name);
}
