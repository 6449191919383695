import type { Sport } from '../sport.ts';
import { type Foul, FOULS } from './fouls.ts';
import type { RuleSetId } from './rules.ts';
import { type Sources, SOURCES } from './sources.ts';

/** What is known of a rule set beside the rules themselves: for display and checks, frozen into no ledger. */
type RuleInfo = {
  readonly title: string;
  readonly sport: Sport;
  readonly fouls: readonly Foul[];
  readonly sources: Sources;
};

function info(id: RuleSetId, sport: Sport, title: string): RuleInfo {
  return { title, sport, fouls: FOULS[id], sources: SOURCES[id] };
}

export const RULE_INFO: Readonly<Record<RuleSetId, RuleInfo>> = {
  'mma-unified-2017': info('mma-unified-2017', 'mma', 'MMA, Unified Rules, criteria of 2017'),
  'mma-unified-2025': info('mma-unified-2025', 'mma', 'MMA, Unified Rules, criteria of August 2025'),
  boxing: info('boxing', 'boxing', 'Boxing'),
  kickboxing: info('kickboxing', 'kickboxing', 'Kickboxing, ABC rules of 2017'),
  'muay-thai': info('muay-thai', 'muay-thai', 'Muay Thai'),
  'bare-knuckle': info('bare-knuckle', 'bare-knuckle', 'Bare-knuckle'),
  'karate-combat': info('karate-combat', 'karate-combat', 'Karate Combat'),
};
