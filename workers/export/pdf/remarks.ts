import { type CardModel, pointsText, type ScorecardModel } from '../../../domain/export/index.ts';

/** What is to be said of a cell: marked in it and told below the table. `seat` is its place on the panel. */
export type Remark = { readonly mark: string; readonly seat: number; readonly round: number; readonly words: string };

/** What was reopened, what came from paper: marked in the cell and told below. */
export function remarksOf(model: ScorecardModel): readonly Remark[] {
  const found = model.seats.flatMap((seat, at) =>
    model.rounds.flatMap((round) => {
      const words = wordsOf(round.cards[at] ?? null);
      return words.length === 0
        ? []
        : [{ seat: at, round: round.number, words: `Seat ${seat.seat}, round ${round.number}: ${words.join('; ')}.` }];
    }),
  );
  return found.map((remark, at) => ({ ...remark, mark: `(${at + 1})` }));
}

function wordsOf(card: CardModel | null): readonly string[] {
  if (card === null) return [];
  const reopened = card.earlier.map(({ points, reopenedBy, reason }) => {
    const was = `${pointsText(points.red)}-${pointsText(points.blue)}`;
    return `was ${was}, reopened by ${reopenedBy ?? 'nobody on record'}${reason === null ? '' : ` (“${reason}”)`}`;
  });
  const paper =
    card.paper === null
      ? []
      : [`from paper, entered by ${card.paper.enteredBy ?? '?'}, confirmed by ${card.paper.confirmedBy ?? '?'}`];
  return [...reopened, ...paper];
}
