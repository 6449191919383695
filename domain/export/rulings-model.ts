import type { Ruling } from '../bout/index.ts';
import type { Corner } from '../corner.ts';
import { textOf } from '../ledger/index.ts';
import { RULE_INFO } from '../rules/index.ts';
import type { SealedBout } from './sealed-bout.ts';

/** A ruling as an official document names it; points in tenths, times elapsed in the round. */
export type RulingModel = {
  readonly round: number;
  readonly kind: string;
  readonly corner: Corner | null;
  readonly clockMs: number | null;
  readonly pointsX10: number;
  /** In words, where the rule set has them. */
  readonly foul: string | null;
  readonly intent: string | null;
  readonly method: string | null;
  readonly rescinded: boolean;
  readonly note: string | null;
  readonly by: string | null;
  readonly index: number;
};

/** In the order of the ledger, rescinded ones included: they stay in the record. */
export function rulingsOf(bout: SealedBout): readonly RulingModel[] {
  return bout.state.rounds
    .flatMap((round) => round.rulings.map((ruling) => rulingModel(bout, round.number, ruling)))
    .toSorted((a, b) => a.index - b.index);
}

function rulingModel(bout: SealedBout, round: number, ruling: Ruling): RulingModel {
  const entry = bout.entries[ruling.index];
  const payload = entry?.payload ?? {};
  const foul = bout.entries[ruling.targetIndex ?? -1];
  const { kind, corner, pointsX10, intent, method, rescinded, index } = ruling;
  return {
    round,
    kind,
    corner,
    clockMs: entry?.clockMs ?? null,
    pointsX10,
    foul: foulWords(bout, textOf(payload, 'foul') ?? (foul?.kind === 'ruling' ? textOf(foul.payload, 'foul') : null)),
    intent,
    method,
    rescinded,
    note: textOf(payload, 'note') ?? textOf(payload, 'reason'),
    by: entry?.actor.subject ?? null,
    index,
  };
}

function foulWords({ state }: SealedBout, id: string | null): string | null {
  if (id === null) return null;
  return RULE_INFO[state.config.rules.id].fouls.find((foul) => foul.id === id)?.words ?? id;
}
