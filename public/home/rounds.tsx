import { CornerMark } from '../shared/look/corner.tsx';
import { words } from '../shared/strings/common.ts';
import { homeWords } from '../shared/strings/home.ts';
import type { RoundView, Totals, View } from '../shared/wire/frames.ts';

/** A line for every scheduled round from the start, so that nothing moves when a round begins. */
export function Rounds({ view }: { readonly view: View | null }) {
  const scheduled = Math.max(view?.bout.scheduled_rounds ?? 3, ...(view?.rounds.map((round) => round.round_id) ?? []));
  const numbers = Array.from({ length: scheduled }, (_, i) => i + 1);
  return (
    <section class="panel rounds" aria-labelledby="rounds-title">
      <h2 id="rounds-title">{words.rounds}</h2>
      <table class="rounds-table">
        <thead>
          <tr>
            <th scope="col">{homeWords.roundColumn}</th>
            <th scope="col">{homeWords.statusColumn}</th>
            <th scope="col">
              <CornerMark corner="red" />
            </th>
            <th scope="col">
              <CornerMark corner="blue" />
            </th>
          </tr>
        </thead>
        <tbody>
          {numbers.map((number) => (
            <Row
              key={number}
              number={number}
              round={view?.rounds.find((round) => round.round_id === number) ?? null}
              current={view?.round_id === number}
            />
          ))}
        </tbody>
      </table>
      <p class="hint">{homeWords.breakdown}</p>
    </section>
  );
}

type RowProps = { readonly number: number; readonly round: RoundView | null; readonly current: boolean };

function Row({ number, round, current }: RowProps) {
  return (
    <tr aria-current={current ? 'true' : undefined}>
      <th scope="row">{number}</th>
      <td>
        <span class="round-word">{homeWords.roundRow[round?.status ?? 'NOT_STARTED']}</span>
        <small>{round?.total_events === null ? '\u00a0' : words.actionCount(round?.total_events ?? 0)}</small>
      </td>
      <Points totals={round?.red_totals ?? null} corner="red" />
      <Points totals={round?.blue_totals ?? null} corner="blue" />
    </tr>
  );
}

function Points({ totals, corner }: { readonly totals: Totals | null; readonly corner: 'red' | 'blue' }) {
  return (
    <td class={`points ${corner}`}>
      <b>{totals === null ? words.notYet : totals.weighted_score.toFixed(2)}</b>
      <small>
        {totals === null
          ? '\u00a0'
          : [totals.damage, totals.grappling, totals.control].map((points) => points.toFixed(1)).join(' / ')}
      </small>
    </td>
  );
}
