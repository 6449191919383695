import type { Role } from '../../domain/roles/index.ts';

/** Window sizes in CSS pixels, and how many of the picture's each has. */
export const SIZES = {
  phone: { width: 390, height: 844, scale: 2 },
  tablet: { width: 820, height: 1180, scale: 1 },
  desktop: { width: 1440, height: 900, scale: 1 },
  /** A programme or a board in the hall. */
  screen: { width: 1920, height: 1080, scale: 1 },
} as const;

export type Size = keyof typeof SIZES;

export type Scheme = 'dark' | 'light';

/** Which bout of the scene a page is told; `night` lets it follow. */
export type About = 'night' | 'running' | 'finished';

/** A page by the name of its HTML file, `docs` or `404`; how its pictures are named, and who looks at it. */
export type PagePictures = {
  readonly page: string;
  readonly path: string;
  /** Null: without a token. */
  readonly role: Role | null;
  readonly about: About;
  /** Added to the address. */
  readonly query?: Readonly<Record<string, string>>;
  /** What has to be there before the picture is taken; the connection's word where left out. */
  readonly ready?: string;
  /** Drawn behind a page that is transparent. */
  readonly backdrop?: string;
  /** `NAME-SIZE-SCHEME.png` each; the page's name where a picture has no other. */
  readonly pictures: readonly (readonly [size: Size, scheme: Scheme, name?: string])[];
};

const LIVE = '.connection[data-state="live"]';

/** Every page there is, in the order of a night. */
export const PICTURES: readonly PagePictures[] = [
  {
    page: 'index',
    path: '/',
    role: 'supervisor',
    about: 'night',
    ready: LIVE,
    pictures: [
      ['desktop', 'dark', 'home'],
      ['desktop', 'light', 'home'],
      ['phone', 'dark', 'home'],
      ['phone', 'light', 'home'],
    ],
  },
  {
    page: 'pair',
    path: '/pair',
    role: null,
    about: 'night',
    ready: 'h1',
    pictures: [
      ['phone', 'dark'],
      ['desktop', 'dark'],
    ],
  },
  {
    page: 'judge',
    path: '/judge',
    role: 'judge',
    about: 'running',
    pictures: [
      ['phone', 'light'],
      ['phone', 'dark'],
      ['tablet', 'light'],
      ['desktop', 'dark'],
    ],
  },
  {
    page: 'operator',
    path: '/operator',
    role: 'operator',
    about: 'running',
    pictures: [
      ['desktop', 'dark'],
      ['tablet', 'dark'],
      ['phone', 'dark'],
    ],
  },
  {
    page: 'supervisor',
    path: '/supervisor',
    role: 'supervisor',
    about: 'running',
    query: { view: 'bout' },
    pictures: [
      ['desktop', 'dark'],
      ['desktop', 'light'],
      ['tablet', 'dark'],
      ['phone', 'dark'],
    ],
  },
  {
    page: 'supervisor',
    path: '/supervisor',
    role: 'supervisor',
    about: 'running',
    query: { view: 'night' },
    pictures: [['desktop', 'dark', 'supervisor-night']],
  },
  {
    page: 'overlay',
    path: '/overlay',
    role: 'broadcaster',
    about: 'running',
    query: { layers: 'scorebug,clock,stats' },
    ready: 'body',
    backdrop: '#6f7378',
    pictures: [
      ['screen', 'dark'],
      ['phone', 'dark'],
    ],
  },
  {
    page: 'arena',
    path: '/arena',
    role: 'broadcaster',
    about: 'running',
    query: { board: 'live' },
    ready: 'body',
    pictures: [
      ['screen', 'dark'],
      ['phone', 'dark'],
    ],
  },
  {
    page: 'commentary',
    path: '/commentary',
    role: 'broadcaster',
    about: 'running',
    pictures: [
      ['desktop', 'dark'],
      ['desktop', 'light'],
      ['phone', 'dark'],
    ],
  },
  {
    page: 'monitor',
    path: '/monitor',
    role: 'supervisor',
    about: 'night',
    ready: 'h1, h2',
    pictures: [
      ['desktop', 'dark'],
      ['phone', 'dark'],
    ],
  },
  {
    page: 'replay',
    path: '/replay',
    role: 'supervisor',
    about: 'finished',
    query: { round: '1', t: '214' },
    ready: '.replay-grid[aria-busy="false"]',
    pictures: [
      ['desktop', 'dark'],
      ['desktop', 'light'],
      ['phone', 'dark'],
    ],
  },
  {
    page: 'archive',
    path: '/archive',
    role: 'supervisor',
    about: 'night',
    query: { sort: 'date' },
    ready: '.hit',
    pictures: [
      ['desktop', 'dark'],
      ['phone', 'light'],
    ],
  },
  {
    page: 'archive',
    path: '/archive',
    role: 'supervisor',
    about: 'finished',
    ready: '.check-own',
    pictures: [
      ['desktop', 'dark', 'archive-bout'],
      ['desktop', 'light', 'archive-bout'],
      ['phone', 'dark', 'archive-bout'],
    ],
  },
  {
    page: 'archive',
    path: '/archive',
    role: null,
    about: 'night',
    query: { check: '' },
    ready: '.drop',
    pictures: [
      ['desktop', 'light', 'archive-check'],
      ['phone', 'dark', 'archive-check'],
    ],
  },
  {
    page: '404',
    path: '/no-such-page',
    role: null,
    about: 'night',
    ready: 'h1',
    pictures: [
      ['desktop', 'dark', 'missing'],
      ['phone', 'dark', 'missing'],
    ],
  },
  {
    page: 'docs',
    path: '/api/docs',
    role: null,
    about: 'night',
    ready: 'h1',
    pictures: [['desktop', 'dark', 'api-docs']],
  },
];

/** `home-desktop-dark.png`: stable, so that a document may link it. */
export function fileOf(page: string, [size, scheme, name = page]: PagePictures['pictures'][number]): string {
  return `${name}-${size}-${scheme}.png`;
}
