import type { RuleOverrides, RuleSetId } from './rules.ts';

/** What one rule-maker chooses within a rule set, and where that stands. */
type Preset = {
  readonly overrides: Omit<RuleOverrides, 'jurisdiction'>;
  readonly source: string;
};

type Jurisdiction = {
  readonly title: string;
  /** The rule sets that something was found for. Nothing is assumed of the others. */
  readonly presets: Readonly<Partial<Record<RuleSetId, Preset>>>;
};

const TWO_POINTS = { intentionalInjuryPoints: 2 } as const;

/** No contest until more than half of the rounds are over; an injury that fair blows aggravate is scored whenever. */
const MAJORITY_AND_AGGRAVATED = {
  from: 'majority_completed',
  before: 'no_contest',
  aggravated: 'scored',
  scorePartialRound: true,
  recoveryS: 300,
} as const;

function mma(preset: Preset): Jurisdiction['presets'] {
  return { 'mma-unified-2017': preset, 'mma-unified-2025': preset };
}

const LIST = {
  'new-york': {
    title: 'New York State Athletic Commission',
    presets: mma({
      overrides: { accidentalFoul: MAJORITY_AND_AGGRAVATED },
      source: '19 NYCRR 212.12(a)-(d)',
    }),
  },
  'north-carolina': {
    title: 'North Carolina, Boxing and Combat Sports Commission',
    presets: {
      ...mma({ overrides: TWO_POINTS, source: '14B NCAC 10.0809(b)(1)' }),
      boxing: {
        overrides: { lowestX10: 10, roundsAllowed: [4, 6, 8, 10, 12], roundLengthsS: [180], restS: 60 },
        source: '14B NCAC 10.0503',
      },
    },
  },
  ohio: {
    title: 'Ohio Athletic Commission',
    presets: mma({ overrides: TWO_POINTS, source: 'Ohio Adm. Code 3773-7-05(B)(2)' }),
  },
  wisconsin: {
    title: 'Wisconsin Department of Safety and Professional Services',
    presets: {
      ...mma({ overrides: TWO_POINTS, source: 'Wis. Adm. Code SPS 192.45(6)' }),
      boxing: { overrides: TWO_POINTS, source: 'Wis. Adm. Code SPS 192.29(1)(b)' },
      kickboxing: {
        overrides: { accidentalFoul: MAJORITY_AND_AGGRAVATED },
        source: 'Wis. Adm. Code SPS 192.59(6)',
      },
    },
  },
  california: {
    title: 'California State Athletic Commission',
    presets: {
      boxing: {
        overrides: {
          accidentalFoul: {
            from: 'round_begun',
            rounds: 4,
            before: 'draw',
            aggravated: 'threshold',
            scorePartialRound: true,
          },
        },
        source: '4 CCR 339(b)',
      },
    },
  },
  maryland: {
    title: 'Maryland State Athletic Commission',
    presets: {
      boxing: {
        overrides: { knockdownPoints: 1, countS: 8, halfPoints: false, evenRounds: true },
        source: 'COMAR 09.14.06.13 (points), 09.14.06.11 (count)',
      },
    },
  },
  'south-dakota': {
    title: 'South Dakota Athletic Commission',
    presets: {
      boxing: {
        overrides: { accidentalFoul: { from: 'half_completed', before: 'no_decision', scorePartialRound: true } },
        source: 'SD Admin. R. 20:81:04:22',
      },
    },
  },
  'abc-amateur': {
    title: 'ABC proposal for amateur kickboxing (2017)',
    presets: {
      kickboxing: {
        overrides: {
          standingCount: true,
          knockdownLimit: 3,
          roundsAllowed: [1, 2, 3, 4, 5, 6, 7, 8, 9],
          roundLengthsS: [120],
        },
        source: 'Proposed Unified Rules of Amateur Kickboxing, docslib.org/doc/6134602',
      },
    },
  },
  glory: {
    title: 'GLORY Kickboxing',
    presets: {
      kickboxing: {
        overrides: {
          roundsAllowed: [3, 5],
          roundLengthsS: [180],
          standingCount: false,
          panels: [3],
          extension: { rounds: 1, decides: 'alone', evenAllowed: false },
        },
        source: 'glorykickboxing.com: Scoring Rules in GLORY (2017), GLORY New Rules (2013)',
      },
    },
  },
  bkfc: {
    title: 'Bare Knuckle Fighting Championship',
    presets: {
      'bare-knuckle': {
        overrides: { roundsAllowed: [5], roundLengthsS: [120] },
        source: 'BKFC rules, as given by fansidedmma.com',
      },
    },
  },
} as const satisfies Readonly<Record<string, Jurisdiction>>;

type JurisdictionName = keyof typeof LIST;

/** Presets of overrides, only for what a source was found for. */
export const JURISDICTIONS: Readonly<Record<JurisdictionName, Jurisdiction>> = LIST;

function isJurisdiction(name: string): name is JurisdictionName {
  return Object.hasOwn(LIST, name);
}

export const JURISDICTION_NAMES: readonly JurisdictionName[] = Object.keys(LIST).filter(isJurisdiction);

/** Null where nothing of that name is known, or nothing for that rule set. */
export function presetOf(name: string, set: RuleSetId): Preset | null {
  return isJurisdiction(name) ? (JURISDICTIONS[name].presets[set] ?? null) : null;
}
