import { minutesSeconds } from '../shared/live/clock.ts';
import { CornerMark } from '../shared/look/corner.tsx';
import { Duel } from '../shared/look/duel.tsx';
import { replayWords as words } from '../shared/strings/replay.ts';
import type { Round } from './fetch.ts';
import type { ReplayModel } from './model.ts';
import { CATEGORIES, totalsAt } from './position.ts';
import type { Pair } from './wire.ts';

/** The clock and the totals at the second that is shown. */
export function TotalsAtSecond({ model, round }: { readonly model: ReplayModel; readonly round: Round | null }) {
  const position = model.position.value;
  const length = model.lengthS.value;
  const totals = round === null ? null : totalsAt(round.replay, position);
  return (
    <section class="panel replay-totals" aria-labelledby="totals-title">
      <h2 id="totals-title">{words.totals}</h2>
      <div class="replay-clock">
        <p class="replay-left" aria-label={words.clockLeft}>
          {minutesSeconds((length - position) * 1_000)}
        </p>
        <p class="hint">{words.elapsed(minutesSeconds(position * 1_000))}</p>
      </div>
      <Duel
        none={words.none}
        rows={CATEGORIES.map((category) => ({
          key: category,
          label: words.category[category],
          red: totals?.[category].red ?? null,
          blue: totals?.[category].blue ?? null,
        }))}
      />
    </section>
  );
}

/** What the round came to, wherever the slider stands. */
export function Summary({ round, growing }: { readonly round: Round | null; readonly growing: boolean }) {
  const summary = round?.replay.round_summary ?? null;
  return (
    <section class="panel summary" aria-labelledby="summary-title">
      <h2 id="summary-title">{growing ? words.summarySoFar : words.summary}</h2>
      <table class="summary-table">
        <thead>
          <tr>
            <td />
            <th scope="col">
              <CornerMark corner="red" />
            </th>
            <th scope="col">
              <CornerMark corner="blue" />
            </th>
          </tr>
        </thead>
        <tbody>
          <Line label={words.category.damage} pair={summary?.damage_score ?? null} />
          <Line label={words.category.grappling} pair={summary?.grappling_score ?? null} />
          <Line label={words.category.control} pair={summary?.control_score ?? null} />
          <Line label={words.category.weighted_score} pair={summary?.total_score ?? null} />
        </tbody>
      </table>
      <dl class="facts">
        <dt>{words.differential}</dt>
        <dd>{summary === null ? words.none : <Difference points={summary.score_differential} />}</dd>
        <dt>{words.events}</dt>
        <dd>{round?.replay.event_count ?? words.none}</dd>
      </dl>
    </section>
  );
}

function Line({ label, pair }: { readonly label: string; readonly pair: Pair | null }) {
  return (
    <tr>
      <th scope="row">{label}</th>
      <td>{pair === null ? words.none : pair.red.toFixed(2)}</td>
      <td>{pair === null ? words.none : pair.blue.toFixed(2)}</td>
    </tr>
  );
}

/** @param points red − blue */
function Difference({ points }: { readonly points: number }) {
  if (points === 0) return <>{words.level}</>;
  const corner = points > 0 ? 'red' : 'blue';
  return <CornerMark corner={corner} label={words.ahead(words.roundTo[corner], Math.abs(points).toFixed(2))} />;
}
