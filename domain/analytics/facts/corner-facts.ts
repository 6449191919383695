import { valueKey } from '../../actions/index.ts';
import {
  actionOf,
  type BoutState,
  claimOf,
  cornerOf,
  observerOf,
  type RoundState,
  roundStatistics,
  roundTotals,
  selectObservers,
} from '../../bout/index.ts';
import type { Corner } from '../../corner.ts';
import type { Entry } from '../../ledger/entry.ts';
import type { CornerFacts } from './facts.ts';

/**
 * What both corners did in a round, as the observers that count saw it: the same counts as the round's statistics and
 * totals, and by kind of action besides.
 * @param entries the round's, in ledger order
 */
export function cornersOf(
  state: BoutState,
  round: RoundState,
  entries: readonly Entry[],
  nowMs: number,
): Readonly<Record<Corner, CornerFacts>> {
  const statistics = roundStatistics(state, round, nowMs);
  const totals = roundTotals(state, round, nowMs);
  const selection = selectObservers(state, round);
  const actions = countedActions(state, round, entries);
  const corner = (of: Corner): CornerFacts => {
    const counts = statistics[of];
    const { damage, grappling, control } = selection[of];
    const by = actions[of];
    return {
      damage:
        damage === null
          ? null
          : {
              microPoints: totals.damage[of],
              strikes: counts.strikes,
              significant: counts.significant,
              head: counts.head,
              body: counts.body,
              leg: counts.leg,
              distance: counts.distance,
              clinch: counts.clinch,
              ground: counts.ground,
              knockdowns: counts.knockdowns,
              flash: by['kd.flash'] ?? 0,
              hard: by['kd.hard'] ?? 0,
              nearFinish: by['kd.near_finish'] ?? 0,
              rocked: by['rocked'] ?? 0,
            },
      grappling:
        grappling === null
          ? null
          : {
              microPoints: totals.grappling[of],
              takedowns: counts.takedowns,
              stuffed: counts.stuffed,
              submissions: counts.submissions,
              reversals: counts.reversals,
            },
      control: control === null ? null : { microPoints: totals.control[of], ms: counts.controlMs },
      deductionsX10: round.deductions[of],
      actions: by,
    };
  };
  return { red: corner('red'), blue: corner('blue') };
}

/** By the key of their value, in the order of the keys; control has none but its length. */
function countedActions(
  state: BoutState,
  round: RoundState,
  entries: readonly Entry[],
): Readonly<Record<Corner, Readonly<Record<string, number>>>> {
  const selection = selectObservers(state, round);
  const voided = new Set(round.voided);
  const counts = { red: new Map<string, number>(), blue: new Map<string, number>() };
  for (const entry of entries) {
    if ((entry.kind !== 'action' && entry.kind !== 'replace') || voided.has(entry.index)) continue;
    if (entry.flags.includes('late') && entry.index >= round.lateAdmittedUpTo) continue;
    const action = actionOf(entry);
    const corner = cornerOf(state.config, claimOf(entry).fighterId);
    if (action === null || corner === null || action.aspect === null || action.aspect === 'control') continue;
    const key = valueKey(action);
    if (key === null || selection[corner][action.aspect] !== observerOf(entry).id) continue;
    counts[corner].set(key, (counts[corner].get(key) ?? 0) + 1);
  }
  const inOrder = (of: Corner) => Object.fromEntries([...counts[of]].toSorted(([a], [b]) => (a < b ? -1 : 1)));
  return { red: inOrder('red'), blue: inOrder('blue') };
}
