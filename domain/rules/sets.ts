import { own } from '../own.ts';
import { type AccidentalFoulRule, type ExtensionRule, RULE_SET_IDS, type Rules, type RuleSetId } from './rules.ts';

const NO_EXTENSION: ExtensionRule = { rounds: 0, decides: 'alone', evenAllowed: false };

/** 19 NYCRR 212.12: two of three and three of five rounds are, said once for every length, more than half. */
const MAJORITY_OF_ROUNDS: AccidentalFoulRule = {
  from: 'majority_completed',
  rounds: null,
  before: 'no_contest',
  after: 'technical_decision',
  aggravated: 'threshold',
  scorePartialRound: true,
  recoveryS: 300,
};

/** BoxRec: four rounds completed, else no decision. */
const FOUR_ROUNDS: AccidentalFoulRule = {
  from: 'rounds_completed',
  rounds: 4,
  before: 'no_decision',
  after: 'technical_decision',
  aggravated: 'threshold',
  scorePartialRound: true,
  recoveryS: 300,
};

/** What the sets share; each states below where it differs. Where each value comes from stands in `sources.ts`. */
const COMMON = {
  jurisdiction: null,
  criteria: null,
  restS: 60,
  lowestX10: 70,
  halfPoints: false,
  evenRounds: true,
  mustHaveTen: true,
  knockdownAuthority: 'referee',
  knockdownPoints: null,
  countS: null,
  standingCount: false,
  knockdownLimit: null,
  deductionPoints: [1, 2],
  intentionalInjuryPoints: null,
  accidentalFoul: MAJORITY_OF_ROUNDS,
  extension: NO_EXTENSION,
  missingJudge: 'remaining',
  panels: [3],
} as const satisfies Partial<Rules>;

const MMA = {
  ...COMMON,
  intentionalInjuryPoints: 2,
  roundsAllowed: [1, 2, 3, 4, 5],
  roundLengthsS: [300],
} as const satisfies Partial<Rules>;

const SETS: Readonly<Record<RuleSetId, Rules>> = {
  'mma-unified-2017': { ...MMA, id: 'mma-unified-2017', version: 'mma-unified-2017.1', criteria: '2017' },
  'mma-unified-2025': { ...MMA, id: 'mma-unified-2025', version: 'mma-unified-2025.1', criteria: '2025' },
  boxing: {
    ...COMMON,
    id: 'boxing',
    version: 'boxing.1',
    lowestX10: 60,
    countS: 8,
    accidentalFoul: FOUR_ROUNDS,
    roundsAllowed: [4, 6, 8, 10, 12],
    roundLengthsS: [120, 180],
  },
  kickboxing: {
    ...COMMON,
    id: 'kickboxing',
    version: 'kickboxing.1',
    countS: 8,
    roundsAllowed: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
    roundLengthsS: [120, 180],
  },
  'muay-thai': {
    ...COMMON,
    id: 'muay-thai',
    version: 'muay-thai.1',
    restS: 120,
    knockdownPoints: 1,
    countS: 8,
    knockdownLimit: 3,
    deductionPoints: [1],
    panels: [3, 5],
    roundsAllowed: [3, 5],
    roundLengthsS: [120, 180],
  },
  'bare-knuckle': {
    ...COMMON,
    id: 'bare-knuckle',
    version: 'bare-knuckle.1',
    lowestX10: 60,
    accidentalFoul: { ...MAJORITY_OF_ROUNDS, recoveryS: null },
    roundsAllowed: [3, 4, 5, 6, 7],
    roundLengthsS: [120, 180],
  },
  'karate-combat': {
    ...COMMON,
    id: 'karate-combat',
    version: 'karate-combat.1',
    accidentalFoul: { ...MAJORITY_OF_ROUNDS, recoveryS: null },
    roundsAllowed: [3, 5],
    roundLengthsS: [180],
  },
};

/** `mma-unified` is the text of 2017: it is the one that is adopted; who adopted that of 2025 is unverified. */
const ALIASES: Readonly<Record<string, RuleSetId>> = {
  mma: 'mma-unified-2017',
  'mma-unified': 'mma-unified-2017',
};

/** A rule set by its id or an alias (`mma-unified`, a sport's name); null where there is none of that name. */
export function rulesOf(id: string): Rules | null {
  const known = RULE_SET_IDS.find((one) => one === id) ?? own(ALIASES, id);
  return known === undefined ? null : SETS[known];
}

/** What a bout without a readable rule set is judged by. */
export const FALLBACK_RULES: Rules = SETS['mma-unified-2017'];
