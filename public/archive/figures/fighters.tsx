import type { ComponentChildren } from 'preact';
import { Field } from '../../shared/look/field.tsx';
import { archiveWords } from '../../shared/strings/archive.ts';
import type { Archive } from '../archive.ts';
import { useAsked } from '../asked.ts';
import { type FigureOptions, queryOf } from '../place.ts';
import { Part } from '../states.tsx';
import { dateWords } from '../times.ts';
import { decodeFighters, decodeLeaderboard, type FighterLine } from '../wire/fighters.ts';
import { Board } from './board.tsx';
import { FighterLink } from './fighter-link.tsx';
import type { FiguresPlace } from './index.tsx';
import { type Names, useNames } from './names.ts';

const words = archiveWords.figures;

const SHARES = ['win_share', 'finish_share'];

type Props = {
  readonly archive: Archive;
  readonly place: FiguresPlace;
  /** What to do where there is nothing to show. */
  readonly offer: ComponentChildren;
};

export function FightersView({ archive, place, offer }: Props) {
  const { reach } = archive;
  const { options } = place;
  const measure =
    options.measure !== undefined && options.measure in words.measures ? options.measure : 'significant_strikes';
  const side = SHARES.includes(measure) ? undefined : options.side;
  const include = options.simulated === 'true' ? 'true' : '';
  const board = useAsked(
    reach,
    `/api/analytics/leaderboards?${queryOf({ measure, side, include_simulated: include })}`,
    decodeLeaderboard,
  );
  const fighters = useAsked(
    reach,
    `/api/analytics/fighters?${queryOf({ sort: 'bouts', limit: '100', include_simulated: include })}`,
    decodeFighters,
  );
  const names = useNames(reach, null);
  const choose = (change: FigureOptions): void => archive.go({ ...place, options: { ...options, ...change } });
  return (
    <div class="figures-view">
      <p class="hint">{words.ofWhat}</p>
      {fighters.value?.fighters.length === 0 && offer}
      <section class="panel" aria-labelledby="board-title">
        <h2 id="board-title">{words.leaderboard}</h2>
        <div class="board-choice">
          <Field id="measure" label={words.measure}>
            <select id="measure" value={measure} onChange={(event) => choose({ measure: event.currentTarget.value })}>
              {Object.entries(words.measures).map(([id, name]) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          </Field>
          {!SHARES.includes(measure) && (
            <Field id="side" label={words.side}>
              <select id="side" value={side ?? 'own'} onChange={(event) => choose({ side: event.currentTarget.value })}>
                <option value="own">{words.sides.own}</option>
                <option value="absorbed">{words.sides.absorbed}</option>
              </select>
            </Field>
          )}
        </div>
        <Part asked={board}>{(value) => <Board board={value} names={names} options={options} />}</Part>
      </section>
      <section class="panel" aria-labelledby="fighters-title">
        <h2 id="fighters-title">
          {words.fighters} <small>{words.recordHint}</small>
        </h2>
        <Part asked={fighters}>
          {(value) => (
            <FighterTable
              fighters={value.fighters}
              least={board.value?.min_bouts ?? null}
              names={names}
              isSimulated={include === 'true'}
            />
          )}
        </Part>
      </section>
    </div>
  );
}

type TableProps = {
  readonly fighters: readonly FighterLine[];
  /** Bouts that a leaderboard takes; null while it is not known. */
  readonly least: number | null;
  readonly names: Names;
  readonly isSimulated: boolean;
};

function FighterTable({ fighters, least, names, isSimulated }: TableProps) {
  if (fighters.length === 0) return <p class="hint">{words.fightersNone}</p>;
  return (
    <table class="grid-table">
      <caption class="visually-hidden">{words.fighters}</caption>
      <thead>
        <tr>
          <th scope="col">{words.fighter}</th>
          <th scope="col">{words.bouts}</th>
          <th scope="col">{words.record}</th>
          <th scope="col">{words.finishes}</th>
          <th scope="col">{words.last}</th>
        </tr>
      </thead>
      <tbody>
        {fighters.map((line) => (
          <tr key={line.fighter_id}>
            <th scope="row">
              <FighterLink id={line.fighter_id} names={names} isSimulated={isSimulated} />
            </th>
            <td data-label={words.bouts}>
              {line.bouts} {least !== null && line.bouts < least && <span class="tag">{words.tooFewBouts(least)}</span>}
            </td>
            <td data-label={words.record}>{words.recordOf(line.wins, line.losses, line.draws, line.no_contests)}</td>
            <td data-label={words.finishes}>{line.finishes}</td>
            <td data-label={words.last}>
              {line.last_bout_date === null ? archiveWords.none : dateWords(line.last_bout_date)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
