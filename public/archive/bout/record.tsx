import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { archiveWords } from '../../shared/strings/archive.ts';
import type { Archive } from '../archive.ts';
import type { Asked } from '../asked.ts';
import { Part } from '../states.tsx';
import { instantWords } from '../times.ts';
import type { ArchiveFacts, Seal } from '../wire/record.ts';
import { Fact } from './facts.tsx';
import type { Sealing } from './index.tsx';
import { readSeal } from './sealed-by.ts';

const words = archiveWords.bout;

type Props = {
  readonly archive: Archive;
  readonly boutId: string;
  readonly record: Asked<ArchiveFacts>;
  readonly sealing: Sealing;
};

/** Whether the record is closed, since when, and by whom. */
export function RecordFacts({ archive, boutId, record, sealing }: Props) {
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
        <p class="hint">{words.partly}</p>
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

function sealerOf({ actor }: Seal): string {
  return actor.role === 'system' ? words.itself : `${actor.subject} (${actor.role})`;
}
