import { type Role, ROLES } from '../../../domain/roles/index.ts';

/** A page of the product, by the name of its HTML file, and `docs`, which the server writes itself. */
export type PageId =
  | 'judge'
  | 'operator'
  | 'supervisor'
  | 'monitor'
  | 'overlay'
  | 'arena'
  | 'commentary'
  | 'replay'
  | 'archive'
  | 'pair'
  | 'docs';

type Page = {
  readonly path: string;
  /**
   * Whether the page has to be told the bout (`always`), follows the night by itself unless it is told (`named`: the bout
   * is passed on where the address names one), or is about no bout.
   */
  readonly bout: 'always' | 'named' | 'none';
  /** Pages that are put on another screen open in a tab of their own. */
  readonly ownTab: boolean;
};

export const PAGES: Readonly<Record<PageId, Page>> = {
  judge: { path: '/judge', bout: 'named', ownTab: false },
  operator: { path: '/operator', bout: 'named', ownTab: false },
  supervisor: { path: '/supervisor', bout: 'named', ownTab: false },
  monitor: { path: '/monitor', bout: 'none', ownTab: false },
  overlay: { path: '/overlay', bout: 'named', ownTab: true },
  arena: { path: '/arena', bout: 'named', ownTab: true },
  commentary: { path: '/commentary', bout: 'named', ownTab: false },
  replay: { path: '/replay', bout: 'always', ownTab: false },
  archive: { path: '/archive', bout: 'none', ownTab: false },
  pair: { path: '/pair', bout: 'none', ownTab: false },
  docs: { path: '/api/docs', bout: 'none', ownTab: false },
};

/** The pages that a role has. `own` is where its work is; `others` it may look at besides. */
export type Ways = { readonly own: readonly PageId[]; readonly others: readonly PageId[] };

/** `spectator` is somebody without a token. */
const WAYS: Readonly<Record<Role | 'spectator', Ways>> = {
  admin: { own: ['supervisor', 'monitor', 'replay', 'archive'], others: ['overlay', 'arena', 'commentary', 'docs'] },
  supervisor: {
    own: ['supervisor', 'monitor', 'replay', 'archive'],
    others: ['overlay', 'arena', 'commentary', 'docs'],
  },
  operator: { own: ['operator', 'replay'], others: ['arena', 'commentary', 'archive', 'docs'] },
  // Nothing that shows statistics as they come: a judge sees those of a round after the own scorecard.
  judge: { own: ['judge'], others: ['replay', 'archive', 'docs'] },
  timekeeper: { own: ['supervisor'], others: ['replay', 'arena', 'archive', 'docs'] },
  referee: { own: ['supervisor', 'replay'], others: ['arena', 'archive', 'docs'] },
  broadcaster: { own: ['overlay', 'arena', 'commentary', 'replay'], others: ['archive', 'docs'] },
  camera: { own: [], others: ['replay', 'arena', 'commentary', 'archive', 'docs'] },
  analyst: { own: ['monitor', 'replay', 'archive'], others: ['arena', 'commentary', 'docs'] },
  viewer: { own: [], others: ['replay', 'arena', 'commentary', 'archive', 'docs'] },
  spectator: { own: [], others: ['replay', 'arena', 'commentary', 'archive', 'pair', 'docs'] },
};

/** @param role null: without a token */
export function waysOf(role: Role | null): Ways {
  return WAYS[role ?? 'spectator'];
}

export const EVERY_ROLE: readonly (Role | null)[] = [...ROLES, null];

type Bouts = {
  /** The bout that the address names; null where the page follows the night. */
  readonly named: string | null;
  /** The bout that is on screen. */
  readonly shown: string | null;
};

/** Without a token: a tab keeps its own, and a new one is given it in the fragment when somebody opens it. */
export function addressOf(page: PageId, { named, shown }: Bouts): string {
  const { path, bout } = PAGES[page];
  const passed = bout === 'none' ? null : bout === 'named' ? named : (named ?? shown);
  return passed === null ? path : `${path}?bout=${encodeURIComponent(passed)}`;
}
