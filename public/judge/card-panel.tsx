import { CORNERS } from '../../domain/corner.ts';
import { CornerMark } from '../shared/look/corner.tsx';
import { judgeWords as words } from '../shared/strings/judge.ts';
import type { View } from '../shared/wire/frames.ts';
import type { OwnCard } from './cards.ts';
import { DevicePanel } from './device-panel.tsx';
import type { Judge } from './model.ts';
import { pointsText } from './score.ts';
import { Sign } from './sign.tsx';
import { takenIn } from './totals.ts';

/** The whole scorecard: raw scores, what the referee took beside them, and the total that is signed. */
export function CardPanel({ judge, view }: { readonly judge: Judge; readonly view: View }) {
  const { total, partial } = judge.sum.value;
  const due = judge.toScore.value;
  const counted = judge.counting.value.length > 0;
  // Nothing is known yet: that is not the same as 0.
  const scored = judge.cards.value.some(({ round, score }) => score !== null && judge.counting.value.includes(round));
  const isTaken = judge.deductions.value.some(({ taken }) => taken.red > 0 || taken.blue > 0);
  const early = judge.signature.value.state === 'early';
  return (
    <section class="card" aria-labelledby="card-title">
      <h2 id="card-title">{words.cardTitle}</h2>
      {/* Once the rounds are over it is what one is here for: in sight without scrolling. */}
      {!early && <Sign judge={judge} />}
      <table class="card-table">
        <thead>
          <tr>
            <th scope="col">{words.columns.round}</th>
            <th scope="col">
              <CornerMark corner="red" />
            </th>
            <th scope="col">
              <CornerMark corner="blue" />
            </th>
            <th scope="col">{words.columns.taken}</th>
            <th scope="col">{words.columns.state}</th>
          </tr>
        </thead>
        <tbody>
          {judge.cards.value.map((card) => (
            <Row key={card.round} judge={judge} card={card} />
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{words.total}</th>
            <td>{scored ? pointsText(total.red) : words.dash}</td>
            <td>{scored ? pointsText(total.blue) : words.dash}</td>
            <td colSpan={2} class="hint">
              {partial ? words.partialNote : isTaken ? words.totalNote : ''}
            </td>
          </tr>
        </tfoot>
      </table>
      {counted && (
        <p class={due.length > 0 ? 'warn-text' : 'hint'}>{due.length > 0 ? words.unscored(due) : words.allScored}</p>
      )}
      {early && <Sign judge={judge} />}
      <DevicePanel judge={judge} view={view} />
    </section>
  );
}

function Row({ judge, card }: { readonly judge: Judge; readonly card: OwnCard }) {
  const { round, state } = card;
  const score = state === 'refused' ? null : card.score;
  const taken = takenIn(judge.deductions.value, round);
  return (
    <tr class={state}>
      <th scope="row">{round}</th>
      <td>{score === null ? words.dash : pointsText(score.redX10)}</td>
      <td>{score === null ? words.dash : pointsText(score.blueX10)}</td>
      <td class="taken">
        {CORNERS.filter((corner) => taken[corner] > 0).map((corner) => (
          <span key={corner} class={`taken-${corner}`}>
            {words.takenShort(corner, pointsText(taken[corner]))}
          </span>
        ))}
      </td>
      <td class={`card-state ${state}`}>{words.chip[state]}</td>
    </tr>
  );
}
