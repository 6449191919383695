import type { ComponentChildren } from 'preact';
import { archiveWords } from '../../shared/strings/archive.ts';
import type { Archive } from '../archive.ts';
import { useAsked } from '../asked.ts';
import { addressOf, type FigureOptions, queryOf } from '../place.ts';
import { Part } from '../states.tsx';
import { type Anomaly, decodeAnomalies, type NotAsked } from '../wire/anomalies.ts';
import { chanceText, rateText, shareText } from './numbers.ts';

const words = archiveWords.figures;

type Props = {
  readonly archive: Archive;
  readonly options: FigureOptions;
  /** What to do where there is nothing to show. */
  readonly offer: ComponentChildren;
};

/** What is unusual, by which method, and how likely by chance. */
export function AnomaliesView({ archive: { reach }, options, offer }: Props) {
  const query = queryOf({ include_simulated: options.simulated });
  const asked = useAsked(reach, `/api/analytics/anomalies?${query}`, decodeAnomalies);
  return (
    <section class="panel" aria-labelledby="anomalies-title">
      <h2 id="anomalies-title">{words.anomalies}</h2>
      <Part asked={asked}>
        {(said) => (
          <>
            <p>{words.anomaliesHint(said.tested, shareText(said.max_false_discovery_rate))}</p>
            {said.anomalies.length === 0 ? (
              <>
                <p class="board-none">{said.tested === 0 ? words.anomaliesUntested : words.anomaliesNone}</p>
                {said.tested === 0 && offer}
              </>
            ) : (
              <ul class="questions">
                {said.anomalies.map((anomaly, index) => (
                  <AnomalyLine key={index} anomaly={anomaly} />
                ))}
              </ul>
            )}
            {said.left_out > 0 && <p class="hint">{words.leftOut(said.left_out)}</p>}
            {said.truncated && <p class="hint">{archiveWords.truncated}</p>}
            {said.not_asked.length > 0 && <NotAskedList lines={said.not_asked} />}
          </>
        )}
      </Part>
    </section>
  );
}

function AnomalyLine({ anomaly }: { readonly anomaly: Anomaly }) {
  const { kind, subject, measured, usual, unit, bouts } = anomaly;
  const say = (value: number): string =>
    unit === 'share' ? shareText(value) : `${unit === 'ms' ? Math.round(value) : rateText(value)}${words.unit[unit]}`;
  const facts = [
    [words.measured, say(measured)],
    [words.usual, say(usual)],
    [words.against, words.peers(anomaly.population, anomaly.peers)],
    [words.methodOf, words.method[anomaly.method] ?? anomaly.method],
    [words.cases, archiveWords.count(anomaly.n)],
    [words.chance, words.chanceOf(chanceText(anomaly.chance))],
  ] as const;
  return (
    <li class="anomaly">
      <p class="question-head">
        <b>{words.kind[kind] ?? kind}</b>
        <code>{subject.id}</code>
      </p>
      <p>{anomaly.question}</p>
      <dl class="facts beside">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {bouts.length > 0 && (
        <p class="hint seen-in">
          {words.seenIn}{' '}
          {bouts.map((boutId) => (
            <a key={boutId} href={addressOf({ view: 'bout', boutId })}>
              {boutId}
            </a>
          ))}
        </p>
      )}
    </li>
  );
}

function NotAskedList({ lines }: { readonly lines: readonly NotAsked[] }) {
  return (
    <details class="key-help">
      <summary>{words.notAsked}</summary>
      <ul class="not-asked">
        {lines.map((line) => (
          <li key={`${line.kind} ${line.population} ${line.reason}`}>
            <b>{words.kind[line.kind] ?? line.kind}</b> ({line.population}):{' '}
            {words.notAskedReason[line.reason](line.needed)}; {words.notAskedOf(line.subjects)}
          </li>
        ))}
      </ul>
    </details>
  );
}
