import { CornerMark } from '../../shared/look/corner.tsx';
import { Notice } from '../../shared/look/notice.tsx';
import { archiveWords } from '../../shared/strings/archive.ts';
import type { Archive } from '../archive.ts';
import { useAsked } from '../asked.ts';
import { addressOf, type Place } from '../place.ts';
import { howWords } from '../../shared/strings/how-words.ts';
import { Failure, Stale } from '../states.tsx';
import { dateWords } from '../times.ts';
import { decodeProfile, type Profile } from '../wire/fighters.ts';
import { FighterLink } from './fighter-link.tsx';
import { type Names, useNames } from './names.ts';
import { intervalText, rateText, shareText } from './numbers.ts';
import { Trends } from './trends.tsx';

const words = archiveWords.figures;

type Props = { readonly archive: Archive; readonly place: Extract<Place, { readonly view: 'fighter' }> };

/** What the bouts of one fighter say. */
export function FighterView({ archive: { reach }, place: { fighterId, simulated } }: Props) {
  const query = simulated ? '?include_simulated=true' : '';
  const asked = useAsked(reach, `/api/analytics/fighters/${encodeURIComponent(fighterId)}${query}`, decodeProfile);
  const names = useNames(reach, fighterId);
  const { value, failure } = asked;
  const back = <a href={addressOf({ view: 'figures', part: 'fighters', options: {} })}>{words.toFighters}</a>;
  if (value === null) {
    if (failure === null) return <Notice title={archiveWords.loading} />;
    if (failure.kind === 'problem' && failure.status === 404) {
      return (
        <Notice title={words.unknownFighter} hint={words.unknownFighterHint}>
          {back}
        </Notice>
      );
    }
    return <Failure failure={failure} again={asked.again} />;
  }
  return (
    <>
      {failure !== null && <Stale />}
      <header class="bout-head">
        <p>{back}</p>
        <h1>{names.get(fighterId) ?? fighterId}</h1>
        <p class="hint">{words.ofWhat}</p>
      </header>
      <div class="bout-grid">
        <div class="bout-column">
          <RecordPanel profile={value} />
          <Fought profile={value} names={names} isSimulated={simulated} />
        </div>
        <div class="bout-column wide">
          <Trends profile={value} />
          <Rates profile={value} />
        </div>
      </div>
    </>
  );
}

function RecordPanel({ profile: { record, truncated } }: { readonly profile: Profile }) {
  const shares = [
    [words.shares.win, record.win_share],
    [words.shares.finish, record.finish_share],
    [words.shares.finished, record.finished_share],
  ] as const;
  return (
    <section class="panel" aria-labelledby="fighter-record">
      <h2 id="fighter-record">
        {words.record} <small>{words.recordHint}</small>
      </h2>
      <p class="fighter-record">{words.recordOf(record.wins, record.losses, record.draws, record.no_contests)}</p>
      <dl class="facts">
        {shares.map(([name, { n, rate, low, high }]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              {rate === null || low === null || high === null
                ? archiveWords.none
                : words.shareOf(shareText(rate), shareText(low), shareText(high), n)}
            </dd>
          </div>
        ))}
        <div>
          <dt>{words.minutes}</dt>
          <dd>{record.minutes === null ? archiveWords.none : record.minutes.toFixed(1)}</dd>
        </div>
      </dl>
      {truncated && <p class="hint">{archiveWords.truncated}</p>}
    </section>
  );
}

function outcomeWords(outcome: string): string {
  return words.outcome[outcome] ?? outcome;
}

function howOf(bout: Profile['bouts'][number]): string {
  const how = howWords({ ...bout, round_id: bout.ended_round, time_ms: bout.ended_ms }, outcomeWords(bout.outcome));
  return how === '' ? '' : ` · ${how}`;
}

type FoughtProps = { readonly profile: Profile; readonly names: Names; readonly isSimulated: boolean };

function Fought({ profile, names, isSimulated }: FoughtProps) {
  return (
    <section class="panel" aria-labelledby="fighter-bouts">
      <h2 id="fighter-bouts">{words.fought}</h2>
      <ol class="fought">
        {profile.bouts.toReversed().map((bout) => (
          <li key={bout.bout_id}>
            <p>
              <CornerMark corner={bout.corner} />{' '}
              <a href={addressOf({ view: 'bout', boutId: bout.bout_id })}>{outcomeWords(bout.outcome)}</a>
              {howOf(bout)}
            </p>
            <p class="hint">
              {bout.date === null ? archiveWords.search.noDate : dateWords(bout.date)}
              {' · '}
              {words.opponent}:{' '}
              {bout.opponent_id === null ? (
                words.unknownOpponent
              ) : (
                <FighterLink id={bout.opponent_id} names={names} isSimulated={isSimulated} />
              )}
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Rates({ profile }: { readonly profile: Profile }) {
  return (
    <section class="panel" aria-labelledby="fighter-rates">
      <h2 id="fighter-rates">
        {words.rates} <small>{words.ratesHint}</small>
      </h2>
      <table class="grid-table rates">
        <caption class="visually-hidden">{words.rates}</caption>
        <thead>
          <tr>
            <th scope="col">{words.measure}</th>
            <th scope="col">{words.own}</th>
            <th scope="col">{words.absorbed}</th>
          </tr>
        </thead>
        <tbody>
          {profile.rates.map(({ measure, own, absorbed }) => (
            <tr key={measure}>
              <th scope="row">{words.measures[measure] ?? measure}</th>
              <td data-label={words.own}>
                <RateCell rate={own} />
              </td>
              <td data-label={words.absorbed}>
                <RateCell rate={absorbed} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function RateCell({ rate }: { readonly rate: Profile['rates'][number]['own'] }) {
  if (rate.per_15_min === null) return <>{archiveWords.none}</>;
  return (
    <>
      <b>{rateText(rate.per_15_min)}</b>{' '}
      {rate.low !== null && rate.high !== null && (
        <span class="nowrap">({intervalText(rate.low, rate.high, rateText)})</span>
      )}
      <small class="row-detail">
        {words.onBouts(rate.bouts, rate.minutes.toFixed(rate.minutes < 10 ? 1 : 0))}
        {rate.bouts === 1 && ` · ${words.oneBout}`}
      </small>
    </>
  );
}
