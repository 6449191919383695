import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { archiveWords } from '../../shared/strings/archive.ts';
import type { Archive } from '../archive.ts';
import type { Asked } from '../asked.ts';
import { Part } from '../states.tsx';
import { instantWords } from '../times.ts';
import type { Seal } from '../../shared/wire/seal.ts';
import type { ArchiveFacts } from '../wire/record.ts';
import { Fact } from './facts.tsx';
import { type Missing, missingIn } from '../../shared/seal/missing.ts';
import type { Sealing } from './reach.ts';
import { readSeal } from '../../shared/seal/read-seal.ts';

const words = archiveWords.bout;

type Props = {
  readonly archive: Archive;
  readonly boutId: string;
  readonly record: Asked<ArchiveFacts>;
  readonly sealing: Sealing;
  /** Whether any form of it can be taken along. */
  readonly canTake: boolean;
};

/** Whether the record is closed, since when, and by whom. */
export function RecordFacts({ archive, boutId, record, sealing, canTake }: Props) {
  return (
    <section class="panel" aria-labelledby="record-title">
      <h2 id="record-title">{words.record}</h2>
      {sealing === 'open' ? (
        <>
          <p>
            <b>{words.notSealed}</b>
          </p>
          <p class="hint">{words.notSealedHint}</p>
        </>
      ) : sealing === 'partly' ? (
        <>
          <p>
            <b>{words.sealedAt}</b>
          </p>
          <p class="hint">{canTake ? words.partly : words.nothingToTake}</p>
        </>
      ) : (
        <Part asked={record}>{(facts) => <Sealed archive={archive} boutId={boutId} facts={facts} />}</Part>
      )}
    </section>
  );
}

function Sealed({
  archive,
  boutId,
  facts,
}: {
  readonly archive: Archive;
  readonly boutId: string;
  readonly facts: ArchiveFacts;
}) {
  const seal = useSignal<Seal | null>(null);
  const { credential } = archive.reach;
  const isArchived = facts.archived_ms !== null;
  useEffect(() => {
    if (!isArchived) return;
    const ended = new AbortController();
    void readSeal(credential, boutId, facts.entries, ended.signal).then((read) => {
      if (!ended.signal.aborted) seal.value = read;
    });
    return () => ended.abort();
  }, [boutId, facts.entries, isArchived]);
  const said = seal.value;
  const bytes = facts.files.reduce((sum, { size }) => sum + size, 0);
  return (
    <>
      {facts.conflict !== null && (
        <p class="bad-text" role="alert">
          <b>{words.conflict}</b> {facts.conflict}
        </p>
      )}
      <dl class="facts">
        <Fact name={words.sealedAt} value={instantWords(facts.sealed_ms)} />
        <Fact name={words.sealedBy} value={said === null ? archiveWords.none : sealerOf(said)} />
        {said !== null && said.payload.reason !== null && <Fact name={words.reason} value={said.payload.reason} />}
        {said !== null && <Fact name={words.missing} value={<MissingWords seal={said} />} />}
        <Fact name={words.entries} value={archiveWords.count(facts.entries)} />
        <Fact
          name={words.archivedAt}
          value={facts.archived_ms === null ? words.archiving : instantWords(facts.archived_ms)}
        />
        {facts.files.length > 0 && (
          <Fact
            name={archiveWords.storage.objects}
            value={words.files(facts.files.length, archiveWords.bytes(bytes))}
          />
        )}
        <Fact
          name={words.made}
          value={words.versions(facts.versions.build, facts.versions.model, facts.versions.values)}
        />
      </dl>
    </>
  );
}

function MissingWords({ seal }: { readonly seal: Seal }) {
  const missing = missingIn(seal);
  const { more_devices: more } = seal.payload;
  if (missing.length === 0 && more === 0) return <>{words.missingNone}</>;
  return (
    <ul class="never-arrived">
      {missing.map((one) => (
        <li key={one.device}>
          {words.missingOf(one.device, numbersOf(one))}{' '}
          <span class="hint">({one.declared ? words.missingDeclared : words.missingUndeclared})</span>
        </li>
      ))}
      {more > 0 && <li>{words.missingDevicesMore(more)}</li>}
    </ul>
  );
}

function numbersOf({ runs, more }: Missing): string {
  return [...runs.map(([from, to]) => words.missingRun(from, to)), ...(more > 0 ? [words.missingMore(more)] : [])].join(
    ', ',
  );
}

function sealerOf({ actor }: Seal): string {
  return actor.role === 'system' ? words.itself : `${actor.subject} (${actor.role})`;
}
