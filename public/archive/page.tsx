import type { Archive } from './archive.ts';
import { addressOf, type Place } from './place.ts';
import { Notice } from '../shared/look/notice.tsx';
import { Top } from '../shared/look/top.tsx';
import { archiveWords as words } from '../shared/strings/archive.ts';
import { BoutRecord } from './bout/index.tsx';
import { CheckView } from './check/index.tsx';
import { FighterView } from './figures/fighter.tsx';
import { FiguresView } from './figures/index.tsx';
import { SearchView } from './search/index.tsx';
import { StorageView } from './storage/index.tsx';

export function ArchivePage({ archive }: { readonly archive: Archive }) {
  const { credential, connection } = archive.reach;
  const place = archive.place.value;
  return (
    <>
      <Top title={words.title} connection={connection} />
      <main id="main" class="page archive" tabIndex={-1}>
        <Parts archive={archive} place={place} />
        {credential.state.value === 'refused' && place.view !== 'check' ? (
          <Notice title={words.refused} hint={words.refusedHint}>
            <a href="/">{words.home}</a>
          </Notice>
        ) : (
          <View archive={archive} place={place} />
        )}
      </main>
    </>
  );
}

type ViewProps = { readonly archive: Archive; readonly place: Place };

function View({ archive, place }: ViewProps) {
  switch (place.view) {
    case 'search':
      return <SearchView archive={archive} asked={place.words} />;
    case 'bout':
      return <BoutRecord key={place.boutId} archive={archive} boutId={place.boutId} />;
    case 'check':
      return <CheckView archive={archive} />;
    case 'figures':
      return <FiguresView archive={archive} place={place} />;
    case 'fighter':
      return <FighterView key={place.fighterId} archive={archive} place={place} />;
    case 'storage':
      return <StorageView archive={archive} />;
  }
}

const PARTS = [
  { view: 'search', words: {} },
  { view: 'check' },
  { view: 'figures', part: 'fighters', options: {} },
] as const satisfies readonly Place[];

const STORAGE = { view: 'storage' } as const satisfies Place;

/** Who has the deployment's own matters among their work. */
const KEEPERS = ['admin', 'supervisor'];

const WITHIN: Readonly<Record<Place['view'], Place['view']>> = {
  search: 'search',
  bout: 'search',
  check: 'check',
  figures: 'figures',
  fighter: 'figures',
  storage: 'storage',
};

function Parts({ archive, place }: ViewProps) {
  const parts = KEEPERS.includes(archive.role ?? '') ? [...PARTS, STORAGE] : PARTS;
  return (
    <nav class="archive-parts" aria-label={words.parts}>
      <ul>
        {parts.map((part) => (
          <li key={part.view}>
            <a href={addressOf(part)} aria-current={WITHIN[place.view] === part.view ? 'page' : undefined}>
              {words.part[part.view]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
