import { presetOf } from './jurisdictions.ts';
import { withOverrides } from './overrides.ts';
import type { RuleField, RuleOverrides, Rules, RuleSetId } from './rules.ts';
import { rulesOf } from './sets.ts';

/** Of every member that says something of how a bout is judged: what may be chosen otherwise, and the criteria. */
export type Sources = Readonly<Record<RuleField | 'criteria', string>>;

const NO_SOURCE = 'No source found: configuration.';

/** Where no set says otherwise. */
const COMMON: Sources = {
  criteria: 'Criteria by year are of MMA alone',
  restS: 'Ontario rules (boxing); ABC Unified Rules of MMA (1); ABC kickboxing (1): one minute',
  lowestX10: NO_SOURCE,
  halfPoints: 'ABC declined half points in 2012 (mmajunkie); COMAR 09.14.06.13 B(3), 523 CMR 15.01(1)(c): no fractions',
  evenRounds: '10-10 for an even round: 14B NCAC 10.0503, COMAR 09.14.06.13 B(2), ABC kickboxing (4C)',
  mustHaveTen: 'Ten-point must: COMAR 09.14.06.13, 14B NCAC 10.0503, ABC kickboxing (4A)',
  knockdownAuthority: 'The referee’s ruling governs (BoxingScene Rule Doctor)',
  knockdownPoints: 'The judge’s discretion: trained practice, not mandatory (BoxingScene Rule Doctor)',
  countS: NO_SOURCE,
  standingCount: NO_SOURCE,
  knockdownLimit: NO_SOURCE,
  deductionPoints:
    'One or two points by usage; the referee’s discretion in 4 CCR 342 and 19 NYCRR 212.11(a): configuration',
  intentionalInjuryPoints: 'Left to the referee where no rule was found: configuration',
  accidentalFoul: NO_SOURCE,
  extension: 'None in the rules found: configuration',
  missingJudge:
    'A majority of the judges decides, else a draw: COMAR 09.14.06.13 F(6), (7); how a gap is filled: configuration',
  panels: 'Three judges: ABC kickboxing (3), 523 CMR 15.01(1)',
  roundsAllowed: NO_SOURCE,
  roundLengthsS: NO_SOURCE,
};

const MMA: Sources = {
  ...COMMON,
  criteria: 'ABC criteria of 2016/2017 (mmafury.com)',
  restS: 'ABC Unified Rules of MMA, as amended to 2019 (1): one minute',
  lowestX10: '10-7 is the widest score that the criteria of 2016/2017 describe (mmafury.com)',
  countS: 'MMA has no count',
  standingCount: 'MMA has no count',
  knockdownLimit: 'MMA has no count',
  knockdownPoints: 'MMA scores impact, not knockdowns as such (ABC criteria of 2016/2017)',
  intentionalInjuryPoints: '14B NCAC 10.0809(b)(1); Ohio Adm. Code 3773-7-05(B)(2); SPS 192.45(6): two points',
  accidentalFoul: '19 NYCRR 212.12; N.J.A.C. 13:46-24A (results 9 and 10)',
  panels: 'Three judges (dazn.com)',
  roundsAllowed: 'ABC Unified Rules of MMA (1a, 1b): one to five rounds',
  roundLengthsS: 'ABC Unified Rules of MMA (1): five minutes',
};

const BOXING: Sources = {
  ...COMMON,
  restS: 'Ontario rules; 14B NCAC 10.0503: one minute',
  lowestX10: 'Scores can reach 10-6 (secondsout); other texts allow less, e.g. 14B NCAC 10.0503: one to nine',
  countS: 'ABC: mandatory eight (caray.co); COMAR 09.14.06.11 C(3)',
  standingCount: 'ABC: no standing eight (caray.co)',
  knockdownLimit: 'ABC: no three-knockdown rule (caray.co)',
  accidentalFoul: 'BoxRec: four rounds, else no decision; partial rounds scored: WAC 36-12-300, 523 CMR 15.01(4)',
  roundsAllowed: 'Ontario rules; 14B NCAC 10.0503: 4, 6, 8, 10 or 12 rounds',
  roundLengthsS: 'Ontario rules: at most three minutes; two minutes by division is configuration',
};

const KICKBOXING: Sources = {
  ...COMMON,
  restS: 'ABC kickboxing 2017 (1): at least one minute',
  lowestX10: 'ABC kickboxing 2017 (4B): the loser has 9, 8 or 7',
  knockdownAuthority: 'ABC kickboxing 2017 (uwmmaf.com): the referee alone tells a knockdown from a slip',
  knockdownPoints: 'Number of knockdowns is the first criterion (ABC kickboxing 2017); no points by rule',
  countS: 'ABC kickboxing 2017 (uwmmaf.com): mandatory eight',
  standingCount: 'ABC kickboxing 2017: none for professionals',
  knockdownLimit: 'Found for amateurs only (docslib 6134602); for professionals not verified: configuration',
  accidentalFoul:
    'Wis. Adm. Code SPS 192.59(6): more than half of the rounds; partial rounds scored: ABC kickboxing (4D)',
  roundsAllowed: 'ABC kickboxing 2017 (1): at most ten',
  roundLengthsS: 'ABC kickboxing 2017 (1): three minutes; two for amateurs',
};

const MUAY_THAI: Sources = {
  ...COMMON,
  restS: 'Two minutes (banglaboxing.com): commissions differ, configuration',
  lowestX10: '9, 8 or 7 in proportion (punchitgym.com, ifmamuaythai.org 17.5)',
  halfPoints: 'Points are not given in fraction (punchitgym.com)',
  evenRounds: '10-10 for an even round (punchitgym.com)',
  mustHaveTen: 'Full ten points to the winner of the round (punchitgym.com)',
  knockdownPoints: 'A count costs a point: the winner of the round with one count 10-8, clearly 10-7 (punchitgym.com)',
  countS: 'Lumpinee stadium rule 20.6: the count goes to eight',
  knockdownLimit: 'Counted twice in a round and down again: stopped (bestmuaythai.com, rule 21.1)',
  deductionPoints: 'One point for each foul (worldthaiboxing.org, 18)',
  accidentalFoul: 'No text found with a threshold for one injured fighter: as in MMA, configuration',
  panels: 'Three or five judges (ifmamuaythai.org 18.1)',
  roundsAllowed: 'Five rounds (banglaboxing.com); three on many cards: configuration',
  roundLengthsS: 'Three minutes (banglaboxing.com); two by division: configuration',
};

const BARE_KNUCKLE: Sources = {
  ...COMMON,
  restS: 'Wyoming ch. 15 (1b); ABC bare knuckle 2023 (sportskeeda.com): one minute',
  lowestX10: 'Not verified: as in boxing',
  mustHaveTen: 'Ten-point system, ABC bare knuckle 2023 (sportskeeda.com)',
  countS: 'Ten seconds to rise (BKFC rules, fansidedmma.com); a mandatory eight was not found',
  accidentalFoul: 'No text found: as in MMA, configuration',
  panels: 'Three judges, ABC bare knuckle 2023 (sportskeeda.com)',
  roundsAllowed: 'Wyoming ch. 15 (1b): three to seven; ABC 2023: at most six and eighteen minutes',
  roundLengthsS: 'ABC bare knuckle 2023 (sportskeeda.com): two or three minutes',
};

const KARATE_COMBAT: Sources = {
  ...COMMON,
  restS: 'Karate Combat rules, 9a (inplaymagazine.com): one minute',
  lowestX10: 'Not verified',
  evenRounds: 'Not verified',
  mustHaveTen: 'Not verified: the text found stops before the scores',
  countS: 'Not found',
  accidentalFoul: 'No text found: as in MMA, configuration',
  panels: 'Three judges: Karate Combat rules, 11a (inplaymagazine.com)',
  roundsAllowed: 'Karate Combat rules, 9a: three, two more for a championship',
  roundLengthsS: 'Karate Combat rules, 9a: three minutes',
};

/** Where each rule of a set comes from, said so where nothing was found. */
export const SOURCES: Readonly<Record<RuleSetId, Sources>> = {
  'mma-unified-2017': MMA,
  'mma-unified-2025': {
    ...MMA,
    criteria: 'ABC, August 2025, as reported (sportsnet.ca, bradcampbell.nz); the full text was not found',
    lowestX10: '10-7 in the criteria of 2025 as reported (bradcampbell.nz); the full text was not found',
    knockdownPoints: 'Damage is the first criterion (ABC, August 2025, as reported); the full text was not found',
  },
  boxing: BOXING,
  kickboxing: KICKBOXING,
  'muay-thai': MUAY_THAI,
  'bare-knuckle': BARE_KNUCKLE,
  'karate-combat': KARATE_COMBAT,
};

/** Where one rule of a bout comes from: the bout's own choice, its jurisdiction, or the rule set. */
export function sourceOf(rules: Rules, field: RuleField): string {
  const preset = rules.jurisdiction === null ? null : presetOf(rules.jurisdiction, rules.id);
  const set = rulesOf(rules.id);
  const expected = set === null || preset === null ? set : applied(set, preset.overrides);
  if (expected !== null && JSON.stringify(expected[field]) !== JSON.stringify(rules[field])) {
    return 'Chosen when the bout was set up';
  }
  return preset !== null && preset.overrides[field] !== undefined ? preset.source : SOURCES[rules.id][field];
}

function applied(set: Rules, overrides: RuleOverrides): Rules | null {
  const chosen = withOverrides(set, overrides);
  return chosen.ok ? chosen.value : null;
}
