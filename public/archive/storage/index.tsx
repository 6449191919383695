import { archiveWords } from '../../shared/strings/archive.ts';
import { Notice } from '../../shared/look/notice.tsx';
import type { Archive } from '../archive.ts';
import { useAsked } from '../asked.ts';
import { decodeUsage } from '../wire/storage.ts';
import { Clean } from './clean.tsx';
import { Person } from './person.tsx';
import { Rules } from './rules.tsx';
import { UsagePanel } from './usage.tsx';

const words = archiveWords.storage;

/** The deployment's own matters: what is stored, for how long, and whose names. */
export function StorageView({ archive }: { readonly archive: Archive }) {
  const { role } = archive;
  if (role !== 'admin' && role !== 'supervisor') return <Notice title={words.onlyOnDuty} hint={words.onlyOnDutyHint} />;
  return <Shown archive={archive} isAdmin={role === 'admin'} />;
}

function Shown({ archive, isAdmin }: { readonly archive: Archive; readonly isAdmin: boolean }) {
  const usage = useAsked(archive.reach, '/api/storage', decodeUsage);
  return (
    <>
      <h1 class="visually-hidden">{words.title}</h1>
      <div class="storage-grid">
        <UsagePanel usage={usage} />
        <div class="bout-column">
          <Rules archive={archive} isAdmin={isAdmin} />
          {isAdmin && <Clean archive={archive} onRun={usage.again} />}
          {!isAdmin && <p class="hint">{words.adminOnly}</p>}
          <Person archive={archive} isAdmin={isAdmin} />
        </div>
      </div>
    </>
  );
}
