/** What a gallery may choose of the look. Everything else follows from these. */
const THEME_TOKENS = ['ground', 'text', 'accent', 'red', 'blue', 'radius', 'font'] as const;

const FONTS = {
  sans: "'Inter', 'Segoe UI', Roboto, 'Noto Sans', system-ui, sans-serif",
  condensed: "'Barlow Condensed', 'Roboto Condensed', 'Arial Narrow', 'Noto Sans', system-ui, sans-serif",
  serif: "'Source Serif 4', Georgia, 'Noto Serif', serif",
  mono: "ui-monospace, 'Cascadia Mono', Consolas, monospace",
} as const;

type FontName = keyof typeof FONTS;

/** Colours as six hexadecimal digits. */
export type Theme = {
  readonly ground: string;
  readonly text: string;
  readonly accent: string;
  readonly red: string;
  readonly blue: string;
  /** In pixels of a picture that is 1080 lines high. */
  readonly radius: number;
  readonly font: FontName;
};

export const THEMES = {
  classic: {
    ground: '10161f',
    text: 'f4f7fa',
    accent: 'f2b53f',
    red: 'd2303a',
    blue: '2f6fe4',
    radius: 8,
    font: 'sans',
  },
  contrast: {
    ground: '000000',
    text: 'ffffff',
    accent: 'ffd400',
    red: 'ff4d4d',
    blue: '6ab0ff',
    radius: 0,
    font: 'sans',
  },
  light: { ground: 'ffffff', text: '12181f', accent: '12181f', red: 'c1121f', blue: '1d4ed8', radius: 8, font: 'sans' },
} as const satisfies Readonly<Record<string, Theme>>;

type ThemeName = keyof typeof THEMES;

/** Text must be read on its ground, and a shape be seen on it (WCAG 1.4.3 and 1.4.11). */
const TEXT_CONTRAST = 4.5;
const SHAPE_CONTRAST = 3;
const LARGEST_RADIUS = 40;

type ReadTheme = {
  readonly theme: Theme;
  /** Parameters that say something else than a theme can be, and are passed over. */
  readonly ignored: readonly string[];
};

/** The theme that an address names by `theme=NAME` and changes by `t.accent=ff8800` and the like. */
export function readTheme(query: URLSearchParams): ReadTheme {
  const ignored: string[] = [];
  const named = query.get('theme');
  const base: Theme = isThemeName(named) ? THEMES[named] : THEMES.classic;
  if (named !== null && !isThemeName(named)) ignored.push('theme');

  const colour = (token: 'ground' | 'text' | 'accent' | 'red' | 'blue'): string => {
    const given = query.get(`t.${token}`);
    if (given === null) return base[token];
    const hex = readHex(given);
    if (hex === null) ignored.push(`t.${token}`);
    return hex ?? base[token];
  };
  const ground = colour('ground');
  const wantedText = colour('text');
  const text = contrast(wantedText, ground) >= TEXT_CONTRAST ? wantedText : textOn(ground, base.text);
  if (text !== wantedText && query.has('t.text')) ignored.push('t.text');
  const seen = (token: 'accent' | 'red' | 'blue'): string => {
    const wanted = colour(token);
    if (contrast(wanted, ground) >= SHAPE_CONTRAST) return wanted;
    if (query.has(`t.${token}`)) ignored.push(`t.${token}`);
    return contrast(base[token], ground) >= SHAPE_CONTRAST ? base[token] : text;
  };
  const theme: Theme = {
    ground,
    text,
    accent: seen('accent'),
    red: seen('red'),
    blue: seen('blue'),
    radius: readRadius(query.get('t.radius'), base.radius, ignored),
    font: readFont(query.get('t.font'), base.font, ignored),
  };
  for (const name of query.keys()) {
    if (name.startsWith('t.') && !THEME_TOKENS.some((token) => name === `t.${token}`)) ignored.push(name);
  }
  return { theme, ignored };
}

/** The theme as the custom properties that the page draws with. */
export function themeProperties(theme: Theme): Readonly<Record<string, string>> {
  const soft = mixed(theme.text, theme.ground, 0.72);
  return {
    '--board-ground': `#${theme.ground}`,
    '--board-text': `#${theme.text}`,
    '--board-soft': `#${contrast(soft, theme.ground) >= TEXT_CONTRAST ? soft : theme.text}`,
    '--board-line': `#${mixed(theme.text, theme.ground, 0.2)}`,
    '--board-accent': `#${theme.accent}`,
    '--board-on-accent': `#${textOn(theme.accent)}`,
    '--board-red': `#${theme.red}`,
    '--board-on-red': `#${textOn(theme.red)}`,
    '--board-blue': `#${theme.blue}`,
    '--board-on-blue': `#${textOn(theme.blue)}`,
    '--board-radius': String(theme.radius),
    '--board-font': FONTS[theme.font],
  };
}

/** Six hexadecimal digits, with or without a `#`; null for anything else. */
export function readHex(given: string): string | null {
  return /^#?(?<hex>[0-9a-f]{6})$/i.exec(given)?.groups?.['hex']?.toLowerCase() ?? null;
}

/** The ratio of WCAG 2, from 1 to 21. */
export function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** The preferred colour where it can be read on the ground, else black or white, whichever is read better. */
function textOn(ground: string, preferred?: string): string {
  if (preferred !== undefined && contrast(preferred, ground) >= TEXT_CONTRAST) return preferred;
  return contrast('ffffff', ground) >= contrast('000000', ground) ? 'ffffff' : '000000';
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = channels(hex).map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function mixed(one: string, other: string, share: number): string {
  const [from, to] = [channels(other), channels(one)];
  return from
    .map((value, i) => Math.round(value + ((to[i] ?? value) - value) * share))
    .map((value) => value.toString(16).padStart(2, '0'))
    .join('');
}

function channels(hex: string): readonly number[] {
  return [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
}

function readRadius(given: string | null, base: number, ignored: string[]): number {
  if (given === null) return base;
  const radius = /^\d{1,2}$/.test(given) ? Number(given) : Number.NaN;
  if (radius <= LARGEST_RADIUS) return radius;
  ignored.push('t.radius');
  return base;
}

function readFont(given: string | null, base: FontName, ignored: string[]): FontName {
  if (given === null) return base;
  if (isFontName(given)) return given;
  ignored.push('t.font');
  return base;
}

function isThemeName(name: string | null): name is ThemeName {
  return name !== null && Object.hasOwn(THEMES, name);
}

function isFontName(name: string): name is FontName {
  return Object.hasOwn(FONTS, name);
}
