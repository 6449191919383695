import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { archiveWords } from '../../shared/strings/archive.ts';
import type { Archive } from '../archive.ts';
import { useAsked } from '../asked.ts';
import { addressOf, type FigureOptions, queryOf } from '../place.ts';
import { Part } from '../states.tsx';
import { decodeDiscrepancies, decodeJudges, type JudgeLine, type Rate } from '../wire/judges.ts';
import { IntervalBar } from './interval-bar.tsx';
import { intervalText, rateText, shareText } from './numbers.ts';

const words = archiveWords.figures;

type Props = {
  readonly archive: Archive;
  readonly options: FigureOptions;
  /** What to do where there is nothing to show. */
  readonly offer: ComponentChildren;
};

export function JudgesView({ archive: { reach }, options, offer }: Props) {
  const include = queryOf({ include_simulated: options.simulated });
  const judges = useAsked(reach, `/api/analytics/judges?${include}`, decodeJudges);
  return (
    <div class="figures-view">
      <section class="panel" aria-labelledby="judges-title">
        <h2 id="judges-title">{words.judges}</h2>
        <p class="hint">{words.judgesHint}</p>
        <Part asked={judges}>
          {({ judges: lines, min_rounds: least, panel, truncated }) =>
            lines.length === 0 ? (
              <>
                <p class="hint">{words.judgesNone}</p>
                {offer}
              </>
            ) : (
              <>
                <p>{words.panel(panel.rounds, shareText(panel.same_winner.rate), shareText(panel.unanimous.rate))}</p>
                <JudgeTable lines={lines} least={least} />
                {truncated && <p class="hint">{archiveWords.truncated}</p>}
              </>
            )
          }
        </Part>
      </section>
      <Discrepancies archive={{ reach }} include={include} />
    </div>
  );
}

function JudgeTable({ lines, least }: { readonly lines: readonly JudgeLine[]; readonly least: number }) {
  const ranked = lines.toSorted((a, b) => (a.rank ?? Infinity) - (b.rank ?? Infinity) || b.rounds - a.rounds);
  return (
    <table class="grid-table">
      <caption class="visually-hidden">{words.judges}</caption>
      <thead>
        <tr>
          <th scope="col">{words.judge}</th>
          <th scope="col">{words.roundsOf}</th>
          <th scope="col">{words.majority}</th>
          <th scope="col">{words.exact}</th>
          <th scope="col">{words.red}</th>
          <th scope="col">{words.alone}</th>
        </tr>
      </thead>
      <tbody>
        {ranked.map((line) => {
          const { red_against_colleagues: red } = line.bias;
          return (
            <tr key={line.judge_id}>
              <th scope="row">
                <span class="rank">{line.rank ?? archiveWords.none}</span>
                <code>{line.judge_id}</code>
              </th>
              <td data-label={words.roundsOf}>
                {line.rounds} {line.rank === null && <span class="tag">{words.tooFew(least)}</span>}
              </td>
              <td data-label={words.majority}>
                <RateWords rate={line.agreement.majority} withBar />
              </td>
              <td data-label={words.exact}>
                <RateWords rate={line.agreement.exact} />
              </td>
              <td data-label={words.red}>
                {red.mean === null ? (
                  archiveWords.none
                ) : (
                  <>
                    {signed(red.mean)}
                    <small class="row-detail">
                      {withCases(red, (value) => (value === null ? archiveWords.none : signed(value)))}
                    </small>
                  </>
                )}
              </td>
              <td data-label={words.alone}>
                <RateWords rate={line.two_point.alone} />
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function RateWords({
  rate: { n, rate, low, high },
  withBar = false,
}: {
  readonly rate: Rate;
  readonly withBar?: boolean;
}) {
  if (rate === null) return <>{archiveWords.none}</>;
  return (
    <>
      <b>{shareText(rate)}</b>
      {withBar && low !== null && high !== null && <IntervalBar low={low} at={rate} high={high} most={1} />}
      <small class="row-detail">{withCases({ n, low, high }, shareText)}</small>
    </>
  );
}

type Cases = { readonly n: number; readonly low: number | null; readonly high: number | null };

function withCases({ n, low, high }: Cases, say: (value: number | null) => string): string {
  const interval = low === null || high === null ? [] : [intervalText(low, high, say)];
  return [...interval, words.n(n)].join(', ');
}

function signed(value: number): string {
  return `${value > 0 ? '+' : value < 0 ? '−' : ''}${rateText(Math.abs(value))}`;
}

type DiscrepanciesProps = { readonly archive: Pick<Archive, 'reach'>; readonly include: string };

/** A page looks through some hundred bouts and may hold nothing though more follow. */
function Discrepancies({ archive: { reach }, include }: DiscrepanciesProps) {
  const cursor = useSignal<string | null>(null);
  const after = cursor.value === null ? '' : `&cursor=${encodeURIComponent(cursor.value)}`;
  const asked = useAsked(reach, `/api/analytics/discrepancies?${include}${after}`, decodeDiscrepancies);
  return (
    <section class="panel" aria-labelledby="questions-title">
      <h2 id="questions-title">
        {words.questions} <small>{words.questionsHint}</small>
      </h2>
      <Part asked={asked}>
        {({ flags, next_cursor: next }) => (
          <>
            {flags.length === 0 ? (
              <p class="hint">{words.questionsNone}</p>
            ) : (
              <ul class="questions">
                {flags.map((flag, index) => (
                  <li key={index}>
                    <p class="question-head">
                      <b>{words.flag[flag.kind] ?? flag.kind}</b>
                      <a href={addressOf({ view: 'bout', boutId: flag.bout_id })}>{flag.bout_id}</a>
                      <span class="hint">
                        {flag.round_id === null ? words.wholeBout : archiveWords.bout.roundLong(flag.round_id)}
                      </span>
                    </p>
                    <p>{flag.question}</p>
                  </li>
                ))}
              </ul>
            )}
            {next !== null && (
              <button
                type="button"
                onClick={() => {
                  cursor.value = next;
                }}
              >
                {words.questionsMore}
              </button>
            )}
          </>
        )}
      </Part>
    </section>
  );
}
