import { readHex, readTheme, type Theme } from '../shared/board/theme.ts';

const LAYERS = ['scorebug', 'clock', 'stats', 'winner', 'result', 'tale'] as const;

export type LayerName = (typeof LAYERS)[number];

/** What the address of an overlay says. */
export type Parameters = {
  /** Null follows the night. */
  readonly bout: string | null;
  readonly layers: readonly LayerName[];
  readonly theme: Theme;
  /** Null: transparent. */
  readonly background: string | null;
  readonly delayMs: number;
  /** Names of parameters that could not be understood, and were passed over. */
  readonly ignored: readonly string[];
};

const DEFAULT_LAYERS: readonly LayerName[] = ['scorebug', 'clock'];
const LONGEST_DELAY_MS = 60_000;

export function readParameters(query: URLSearchParams): Parameters {
  const { theme, ignored: unthemed } = readTheme(query);
  const ignored = [...unthemed];
  const bout = query.get('bout');
  return {
    bout: bout === '' ? null : bout,
    layers: readLayers(query.get('layers'), ignored),
    theme,
    background: readBackground(query.get('bg'), ignored),
    delayMs: readDelay(query.get('delay'), ignored),
    ignored,
  };
}

/** In the order of the stage; a name that is none is passed over, and without any the default layers stand. */
function readLayers(given: string | null, ignored: string[]): readonly LayerName[] {
  if (given === null) return DEFAULT_LAYERS;
  const named = given.split(',').map((name) => name.trim());
  const known = LAYERS.filter((layer) => named.includes(layer));
  if (named.some((name) => !LAYERS.some((layer) => layer === name))) ignored.push('layers');
  return known.length === 0 ? DEFAULT_LAYERS : known;
}

function readBackground(given: string | null, ignored: string[]): string | null {
  if (given === null || given === 'transparent') return null;
  const hex = readHex(given);
  if (hex === null) ignored.push('bg');
  return hex;
}

function readDelay(given: string | null, ignored: string[]): number {
  if (given === null) return 0;
  const delayMs = /^\d{1,6}$/.test(given) ? Number(given) : Number.NaN;
  if (delayMs <= LONGEST_DELAY_MS) return delayMs;
  ignored.push('delay');
  return 0;
}

/**
 * An address whose token stands in the query (`k=…`), for tools that cannot keep a fragment: the same with the token
 * in the fragment, from where every page takes it. Null where there is nothing to move.
 */
export function withTokenMoved(address: URL): URL | null {
  const token = address.searchParams.get('k');
  if (token === null) return null;
  const moved = new URL(address);
  moved.searchParams.delete('k');
  const fragment = new URLSearchParams(moved.hash.slice(1));
  if (!fragment.has('token')) fragment.set('token', token);
  moved.hash = fragment.toString();
  return moved;
}
