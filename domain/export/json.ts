import { configToLeaf } from '../bout/index.ts';
import { chainHash, type Sha256 } from '../ledger/index.ts';
import type { LeafObject } from '../ledger/index.ts';
import { momentsOf } from './moments.ts';
import { scorecardModel, type ScorecardModel } from './scorecard-model.ts';
import type { SealedBout } from './sealed-bout.ts';

/** The version of the document's shape. */
export const JSON_FORMAT = 'fightjudge-bout-1';

/**
 * One document with everything that the archive holds of a bout. `entries[i].leaf` is written with the very bytes that
 * are hashed, so a reader that keeps the text can check `hash` (RFC 6962 leaf hash) against it. Names are those that are
 * kept; points are points, instants UTC epoch ms.
 */
export function boutJson(bout: SealedBout, sha256: Sha256): string {
  const { state, people, leaves, checkpoint } = bout;
  const model = scorecardModel(bout);
  const parts = {
    format: JSON_FORMAT,
    bout: configToLeaf(state.config),
    people,
    rounds: model.rounds.map((round) => roundJson(bout, model, round.number)),
    scorecards: model.seats.map((seat, at) => seatJson(model, seat, at)),
    rulings: model.rulings.map(({ pointsX10, clockMs, index, ...ruling }) => ({
      ...ruling,
      points: pointsX10 / 10,
      time_ms: clockMs,
      sequence_index: index,
    })),
    result: resultJson(model),
    moments: momentsOf(bout).map(({ atMs, index, ...moment }) => ({
      ...moment,
      server_ms: atMs,
      sequence_index: index,
    })),
    sealed_ms: model.sealedMs,
    checkpoint,
  };
  // Put together as text: parsed and written anew, a leaf could be other bytes.
  const entries = leaves.map((leaf) => `{"hash":"${chainHash(sha256, leaf)}","leaf":${leaf}}`);
  return `${JSON.stringify(parts).slice(0, -1)},"entries":[\n${entries.join(',\n')}\n]}\n`;
}

function roundJson({ state }: SealedBout, model: ScorecardModel, number: number): LeafObject {
  const round = state.rounds[number - 1];
  const facts = model.rounds[number - 1];
  const clock = round?.clock ?? null;
  return {
    round_id: number,
    extension: facts?.extension ?? false,
    fought: facts?.fought ?? false,
    counts: facts?.counts ?? false,
    started_ms: clock?.stretches[0]?.fromMs ?? null,
    ended_ms: clock?.endedMs ?? null,
    length_ms: clock?.lengthMs ?? null,
    stretches: (clock?.stretches ?? []).map(({ fromMs, toMs, elapsedMs }) => ({
      from_ms: fromMs,
      to_ms: toMs,
      elapsed_ms: elapsedMs,
    })),
    actions: round?.totalEvents ?? 0,
    voided: [...(round?.voided ?? [])],
    locked_at: round?.lockedAt ?? null,
  };
}

function seatJson(model: ScorecardModel, seat: ScorecardModel['seats'][number], at: number) {
  return {
    judge_id: seat.seat,
    absent: seat.absent,
    judges: seat.judges.map(({ id, name, fromRound }) => ({ person_id: id, name, from_round: fromRound })),
    rounds: model.rounds.flatMap(({ number, cards, deductions, counts }) => {
      const card = cards[at];
      if (card == null) return [];
      return [
        {
          round_id: number,
          judge: card.judge,
          points: card.points && points(card.points),
          deductions: points(deductions),
          counts,
          paper: card.paper && { entered_by: card.paper.enteredBy, confirmed_by: card.paper.confirmedBy },
          earlier: card.earlier.map((was) => ({
            points: points(was.points),
            reopened_by: was.reopenedBy,
            reason: was.reason,
          })),
        },
      ];
    }),
    given: seat.given && points(seat.given),
    total: seat.total && points(seat.total),
    signature: seat.signature && { subject: seat.signature.by, server_ms: seat.signature.atMs },
  };
}

function resultJson({ result }: ScorecardModel) {
  if (result === null) return null;
  const { round, clockMs, proposed, confirmed, ...facts } = result;
  const official = (one: typeof proposed) => one && { subject: one.subject, role: one.role, server_ms: one.atMs };
  return { ...facts, round_id: round, time_ms: clockMs, proposed: official(proposed), confirmed: official(confirmed) };
}

function points({ red, blue }: { readonly red: number; readonly blue: number }) {
  return { red: red / 10, blue: blue / 10 };
}
