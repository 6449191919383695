import { archiveWords } from '../../shared/strings/archive.ts';
import type { Asked } from '../asked.ts';
import { Part } from '../states.tsx';
import { dateWords, timeWords } from '../times.ts';
import type { decodeUsage, UsageLine } from '../wire/storage.ts';
import type { Decoded } from '../../shared/wire/decode.ts';

const words = archiveWords.storage;

type Usage = Decoded<typeof decodeUsage>;

export function UsagePanel({ usage }: { readonly usage: Asked<Usage> }) {
  return (
    <section class="panel" aria-labelledby="usage-title">
      <h2 id="usage-title">{words.usage}</h2>
      <Part asked={usage}>{(value) => <Shown usage={value} />}</Part>
    </section>
  );
}

function Shown({ usage }: { readonly usage: Usage }) {
  const lines = usage.usage.toSorted(
    (a, b) => (a.promotion ?? '').localeCompare(b.promotion ?? '') || a.class.localeCompare(b.class),
  );
  const total = (of: 'objects' | 'bytes'): number => lines.reduce((sum, line) => sum + line[of], 0);
  return (
    <>
      <table class="grid-table">
        <caption class="visually-hidden">{words.usage}</caption>
        <thead>
          <tr>
            <th scope="col">{words.promotion}</th>
            <th scope="col">{words.kind}</th>
            <th scope="col" class="figure">
              {words.objects}
            </th>
            <th scope="col" class="figure">
              {words.size}
            </th>
            <th scope="col">{words.newest}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <Line key={`${line.class} ${line.promotion ?? ''}`} line={line} />
          ))}
          <tr class="sum">
            <th scope="row">{words.total}</th>
            <td class="empty" />
            <td class="figure" data-label={words.objects}>
              {archiveWords.count(total('objects'))}
            </td>
            <td class="figure" data-label={words.size}>
              {archiveWords.bytes(total('bytes'))}
            </td>
            <td class="empty" />
          </tr>
        </tbody>
      </table>
      <dl class="facts">
        <div>
          <dt>{words.index}</dt>
          <dd>{usage.index_bytes === null ? archiveWords.none : archiveWords.bytes(usage.index_bytes)}</dd>
        </div>
        <div>
          <dt>{words.ledger}</dt>
          <dd>{usage.platform === null ? archiveWords.none : archiveWords.bytes(usage.platform.database_bytes)}</dd>
        </div>
      </dl>
      {usage.orphans.count > 0 && (
        <p class="warn-text">{words.orphans(usage.orphans.count, archiveWords.bytes(usage.orphans.bytes))}</p>
      )}
      {usage.next !== null && <p class="warn-text">{words.partial}</p>}
      <p class="hint">{words.asOf(timeWords(usage.as_of_ms))}</p>
    </>
  );
}

function Line({ line }: { readonly line: UsageLine }) {
  return (
    <tr>
      <th scope="row">{line.promotion ?? words.noPromotion}</th>
      <td data-label={words.kind}>{words.kinds[line.class] ?? line.class}</td>
      <td class="figure" data-label={words.objects}>
        {archiveWords.count(line.objects)}
      </td>
      <td class="figure" data-label={words.size}>
        {archiveWords.bytes(line.bytes)}
      </td>
      <td data-label={words.newest}>{dateWords(new Date(line.newest_ms).toISOString().slice(0, 10))}</td>
    </tr>
  );
}
