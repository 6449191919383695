import type { Code } from './commands.ts';

const NAMED: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Backspace: '⌫',
  Tab: 'Tab',
  Space: 'Space',
  Comma: ',',
  Period: '.',
  Slash: '/',
  Semicolon: ';',
  Quote: "'",
  BracketLeft: '[',
  BracketRight: ']',
  Backslash: '\\',
  Backquote: '`',
  Minus: '-',
  Equal: '=',
  IntlBackslash: '<',
  Delete: 'Del',
  Insert: 'Ins',
};

/** What stands on the key, as far as the browser tells: the sign of this keyboard's layout, else that of the US one. */
export function legendOf(code: Code, layout: ReadonlyMap<string, string> | null): string {
  const written = layout?.get(code);
  if (written !== undefined && written.trim() !== '') return written.toUpperCase();
  const named = NAMED[code];
  if (named !== undefined) return named;
  if (code.startsWith('Key') && code.length === 4) return code.slice(3);
  if (code.startsWith('Digit')) return code.slice(5);
  return code.startsWith('Numpad') ? `Num ${code.slice(6)}` : code;
}

/** Only some browsers know the layout; the others get the US signs, and the keys work by their place all the same. */
export async function readLayout(): Promise<ReadonlyMap<string, string> | null> {
  const keyboard: unknown = Reflect.get(navigator, 'keyboard');
  if (typeof keyboard !== 'object' || keyboard === null) return null;
  const ask: unknown = Reflect.get(keyboard, 'getLayoutMap');
  if (typeof ask !== 'function') return null;
  try {
    const map: unknown = await Reflect.apply(ask, keyboard, []);
    return isIterable(map) ? new Map(pairsIn(map)) : null;
  } catch {
    // A policy forbids it.
    return null;
  }
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value;
}

function pairsIn(map: Iterable<unknown>): [string, string][] {
  const pairs: [string, string][] = [];
  for (const pair of map) {
    if (!Array.isArray(pair)) continue;
    const [code, sign]: readonly unknown[] = pair;
    if (typeof code === 'string' && typeof sign === 'string') pairs.push([code, sign]);
  }
  return pairs;
}
