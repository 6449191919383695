import { useEffect } from 'preact/hooks';
import { Notice } from '../../shared/look/notice.tsx';
import { CornerMark } from '../../shared/look/corner.tsx';
import { isRole } from '../../shared/device/credential.ts';
import { archiveWords } from '../../shared/strings/archive.ts';
import { words as common } from '../../shared/strings/common.ts';
import type { View } from '../../shared/wire/frames.ts';
import { decodeScorecards } from '../../shared/wire/scorecards.ts';
import type { Archive } from '../archive.ts';
import { useAsked } from '../asked.ts';
import { addressOf } from '../place.ts';
import { Failure, Part, Stale } from '../states.tsx';
import { decodeArchive, decodeBout } from '../wire/record.ts';
import { Charts } from './charts.tsx';
import { CheckOwn } from './check-own.tsx';
import { Downloads } from './downloads.tsx';
import { Facts } from './facts.tsx';
import { sealingOf, takeable } from './reach.ts';
import { RecordFacts } from './record.tsx';
import { ScorecardTable } from './scorecards.tsx';

const words = archiveWords.bout;

/** While the files of a sealed bout are on their way to the archive, it is asked for again. */
const AGAIN_MS = 3_000;

type Props = { readonly archive: Archive; readonly boutId: string };

/** All that is known of one bout, and every way to take it along. */
export function BoutRecord({ archive, boutId }: Props) {
  const { reach } = archive;
  const id = encodeURIComponent(boutId);
  const bout = useAsked(reach, `/api/bouts/${id}`, decodeBout);
  const record = useAsked(reach, `/api/archive/${id}`, decodeArchive);
  const cards = useAsked(reach, `/api/bouts/${id}/scorecards`, decodeScorecards);
  const isBeingArchived = record.value !== null && record.value.archived_ms === null && record.value.conflict === null;
  useEffect(() => {
    if (!isBeingArchived) return;
    const timer = setInterval(record.again, AGAIN_MS);
    return () => clearInterval(timer);
  }, [isBeingArchived]);
  const { value, failure } = bout;
  if (value === null) {
    if (failure === null) return <Notice title={archiveWords.loading} />;
    if (failure.kind === 'problem' && failure.status === 404) {
      return (
        <Notice title={words.unknown} hint={words.unknownHint(boutId)}>
          <a href={addressOf({ view: 'search', words: {} })}>{archiveWords.back}</a>
        </Notice>
      );
    }
    return <Failure failure={failure} again={bout.again} />;
  }
  const { view, isSealed } = value;
  const sealing = sealingOf(record, isSealed);
  const take = takeable(sealing, record.value, view.bout.release_policy, archive.role);
  const canTake = take.whole || take.scorecards || take.moments;
  return (
    <>
      {failure !== null && <Stale />}
      <Head view={view} />
      <div class="bout-grid">
        <div class="bout-column">
          <Facts view={view} />
          <RecordFacts archive={archive} boutId={boutId} record={record} sealing={sealing} canTake={canTake} />
          <Links archive={archive} boutId={boutId} />
        </div>
        <div class="bout-column wide">
          {canTake && <Downloads credential={reach.credential} boutId={boutId} take={take} />}
          {sealing === 'sealed' && record.value?.archived_ms !== null && <CheckOwn archive={archive} boutId={boutId} />}
          <section class="panel" aria-labelledby="scorecards-title">
            <h2 id="scorecards-title">{words.scorecards}</h2>
            <Part asked={cards}>{(value) => <ScorecardTable cards={value} />}</Part>
          </section>
          <Charts view={view} />
        </div>
      </div>
    </>
  );
}

function Head({ view: { bout } }: { readonly view: View }) {
  return (
    <header class="bout-head">
      <h1>
        <CornerMark corner="red" label={bout.fighter1.name} /> <span class="hit-versus">{common.versus}</span>{' '}
        <CornerMark corner="blue" label={bout.fighter2.name} />
      </h1>
      <p class="hint">
        {[bout.promotion, bout.event].filter((part) => part !== '').join(' · ')}{' '}
        {bout.simulated && (
          <span class="tag simulated" title={common.simulatedHint}>
            {common.simulated}
          </span>
        )}
      </p>
    </header>
  );
}

function Links({ archive, boutId }: Props) {
  const id = encodeURIComponent(boutId);
  return (
    <nav class="panel bout-links" aria-label={words.links}>
      <h2>{words.links}</h2>
      <ul>
        <li>
          <a href={`/replay?bout=${id}`}>{words.replay}</a>
        </li>
        {isRole(archive.reach.credential, 'admin', 'supervisor') && (
          <li>
            <a href={`/supervisor?bout=${id}&view=bout`}>{words.atDesk}</a>
          </li>
        )}
      </ul>
    </nav>
  );
}
