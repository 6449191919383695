import { CornerMark } from '../../../shared/look/corner.tsx';
import { words as common } from '../../../shared/strings/common.ts';
import { words } from '../../../shared/strings/supervisor-bout.ts';
import { failureWords } from '../../../shared/wire/api.ts';
import type { Recommendation } from '../../../shared/wire/recommendations.ts';
import type { Desk } from '../desk.ts';

/** What the statistics say of the round. It decides nothing, and no scorecard is written anywhere near it. */
export function RecommendationPanel({ desk }: { readonly desk: Desk }) {
  const round = desk.round.value;
  const advice = desk.recommendations.value.value?.rounds.find(({ round_id }) => round_id === round);
  const failure = desk.recommendations.failure.value;
  return (
    <section class="panel recommendation-panel" aria-labelledby="recommendation-title">
      <h2 id="recommendation-title">{words.recommendationOf(round)}</h2>
      <p class="statistics-mark">
        <span class="tag">{words.statistics}</span> {words.statisticsHint}
      </p>
      {advice === undefined ? (
        <p class="hint">{failure === null ? words.noRecommendation : failureWords(failure)}</p>
      ) : (
        <AdviceBody advice={advice} />
      )}
    </section>
  );
}

function AdviceBody({ advice }: { readonly advice: Recommendation }) {
  const red = Math.round(advice.p_red * 100);
  return (
    <>
      {advice.too_close ? (
        <p class="advice-card close">
          <b>{advice.scorecard === null ? words.nothingLikely : words.likely(advice.scorecard)}</b>
        </p>
      ) : (
        <p class="advice-card">
          <b>{advice.scorecard ?? common.notYet}</b>
          <span>{advice.complete ? words.mostWould : words.soFar}</span>
        </p>
      )}
      <div class="advice-odds">
        <CornerMark corner="red" label={words.percent(common.corner.red, red)} />
        <span class="odds-bar" aria-hidden="true">
          <span style={{ width: `${red}%` }} />
        </span>
        <CornerMark corner="blue" label={words.percent(common.corner.blue, 100 - red)} />
      </div>
      <p class="hint">{words.twoPoints(Math.round(advice.p_two_points * 100))}</p>
      <h3>{words.reasons}</h3>
      {advice.reasons.length === 0 ? (
        <p class="hint">{words.noReasons}</p>
      ) : (
        <ul class="reason-list">
          {advice.reasons.map(({ corner, words: said, log_odds }) => (
            <li key={`${corner} ${said}`}>
              <CornerMark corner={corner} />
              <span>{said}</span>
              <small>{words.strength(Math.abs(log_odds))}</small>
            </li>
          ))}
        </ul>
      )}
      <ul class="advice-notes">
        <li>
          {advice.lacked.length === 0
            ? words.nothingLacked
            : words.lacked(advice.lacked.map((group) => words.lackedGroup[group] ?? group).join(', '))}
        </li>
        {advice.notes.map((note) => (
          <li key={note}>{words.noted(note)}</li>
        ))}
        <li>{advice.fitted ? words.model(advice.model) : words.unfittedModel(advice.model)}</li>
      </ul>
    </>
  );
}
