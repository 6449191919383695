import { archiveWords } from '../../shared/strings/archive.ts';
import type { FigureOptions } from '../place.ts';
import type { Leaderboard } from '../wire/fighters.ts';
import { FighterLink } from './fighter-link.tsx';
import { IntervalBar } from './interval-bar.tsx';
import type { Names } from './names.ts';
import { intervalText, rateText, shareText } from './numbers.ts';

const words = archiveWords.figures;

type BoardProps = { readonly board: Leaderboard; readonly names: Names; readonly options: FigureOptions };

/** Who leads in one measure, with what it rests on. */
export function Board({ board, names, options }: BoardProps) {
  const say = board.unit === 'share' ? shareText : rateText;
  const most = Math.max(...board.ranked.map(({ high }) => high), 0);
  return (
    <>
      <p class="hint">
        {words.qualified(board.qualified, board.fighters, board.min_bouts)}{' '}
        {board.mean !== null && words.mean(say(board.mean))}
      </p>
      {board.values_versions.length > 1 && <p class="warn-text">{words.versions(board.values_versions.join(', '))}</p>}
      {board.ranked.length === 0 ? (
        <p class="board-none">
          {board.unranked === null ? words.nobody : words.unranked[board.unranked](board.min_fighters)}
        </p>
      ) : (
        <table class="grid-table board">
          <caption class="visually-hidden">{words.leaderboard}</caption>
          <thead>
            <tr>
              <th scope="col">{words.fighter}</th>
              <th scope="col" class="figure">
                {words.ranked} <small>{words.boardUnit[board.unit]}</small>
              </th>
              <th scope="col">{words.interval}</th>
              <th scope="col" class="figure">
                {words.raw}
              </th>
              <th scope="col" class="figure">
                {words.bouts}
              </th>
              <th scope="col" class="figure">
                {words.minutes}
              </th>
            </tr>
          </thead>
          <tbody>
            {board.ranked.map((line) => (
              <tr key={line.fighter_id}>
                <th scope="row">
                  <span class="rank">{line.rank}</span>
                  <FighterLink id={line.fighter_id} names={names} isSimulated={options.simulated === 'true'} />
                </th>
                <td class="figure" data-label={words.ranked}>
                  <b>{say(line.ranked_by)}</b>
                </td>
                <td data-label={words.interval} class="interval">
                  <IntervalBar low={line.low} at={line.ranked_by} high={line.high} most={most} />
                  <span>{intervalText(line.low, line.high, say)}</span>
                </td>
                <td class="figure" data-label={words.raw}>
                  {say(line.raw)}
                </td>
                <td class="figure" data-label={words.bouts}>
                  {line.bouts}
                </td>
                <td class="figure" data-label={words.minutes}>
                  {line.minutes === null ? archiveWords.none : line.minutes.toFixed(0)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p class="hint">{board.method === 'wilson_low' ? words.wilson : words.shrunk}</p>
      {board.truncated && <p class="hint">{archiveWords.truncated}</p>}
    </>
  );
}
