export const RULE_SET_IDS = [
  'mma-unified-2017',
  'mma-unified-2025',
  'boxing',
  'kickboxing',
  'muay-thai',
  'bare-knuckle',
  'karate-combat',
] as const;

export type RuleSetId = (typeof RULE_SET_IDS)[number];

/** Who says what a knockdown was: the referee (a slip takes it back) or the statistics alone. */
export const KNOCKDOWN_AUTHORITIES = ['referee', 'statistics'] as const;

/**
 * From when on a bout that an accidental foul ends goes to the scorecards. `rounds_completed`: that many rounds are
 * over; `round_begun`: the bell has rung to begin that round; `half_completed`, `majority_completed`: at least half,
 * or more than half, of the scheduled rounds are over.
 */
export const THRESHOLDS = ['rounds_completed', 'round_begun', 'half_completed', 'majority_completed'] as const;

/** How a bout ends that an accidental foul ends before the threshold. */
export const EARLY_ENDINGS = ['no_contest', 'draw', 'no_decision'] as const;

/**
 * An injury by an accidental foul that fair blows make worse: `threshold`, the same threshold holds for the stoppage;
 * `scored`, the bout goes to the scorecards whenever that is.
 */
export const AGGRAVATED_ENDINGS = ['threshold', 'scored'] as const;

export type AccidentalFoulRule = {
  readonly from: (typeof THRESHOLDS)[number];
  /** The number that `rounds_completed` and `round_begun` count to; null with the others. */
  readonly rounds: number | null;
  readonly before: (typeof EARLY_ENDINGS)[number];
  readonly after: 'technical_decision';
  readonly aggravated: (typeof AGGRAVATED_ENDINGS)[number];
  /** Whether the round in which the bout was stopped is scored. */
  readonly scorePartialRound: boolean;
  /** Longest pause in which a fouled fighter may recover; null where no rule was found. */
  readonly recoveryS: number | null;
};

/** Whether the last extension round alone decides, or the sum of all rounds. */
export const EXTENSION_DECIDES = ['alone', 'total'] as const;

export type ExtensionRule = {
  /** 0: none. */
  readonly rounds: number;
  readonly decides: (typeof EXTENSION_DECIDES)[number];
  /** Whether an extension round may be scored 10-10. */
  readonly evenAllowed: boolean;
};

/** The others decide, or the absent seat gets the mean of theirs. */
export const MISSING_JUDGE = ['remaining', 'average'] as const;

/** What a bout is judged by, frozen into its ledger: integers, texts, truths and null only. */
export type Rules = {
  readonly id: RuleSetId;
  /** Of our data for that set. */
  readonly version: string;
  /** Whose choices these are (a name of `JURISDICTIONS`); null for the set as it stands. */
  readonly jurisdiction: string | null;
  /** MMA only. */
  readonly criteria: '2017' | '2025' | null;
  readonly restS: number;
  /** Tenths of a point. */
  readonly lowestX10: number;
  readonly halfPoints: boolean;
  /** Whether 10-10 is a lawful score. */
  readonly evenRounds: boolean;
  readonly mustHaveTen: boolean;
  readonly knockdownAuthority: (typeof KNOCKDOWN_AUTHORITIES)[number];
  /** Whole points that a knockdown is worth by rule; null where that is the judge's own discretion. */
  readonly knockdownPoints: number | null;
  /** The mandatory count after a knockdown; null where there is none or none was found. */
  readonly countS: 8 | null;
  readonly standingCount: boolean;
  /** So many knockdowns of one fighter in one round end the bout; null for no such rule. */
  readonly knockdownLimit: number | null;
  /** Whole points that a referee may take for a foul, ascending. */
  readonly deductionPoints: readonly number[];
  /** Whole points that an intentional foul which injures must cost; null where that is the referee's discretion. */
  readonly intentionalInjuryPoints: number | null;
  readonly accidentalFoul: AccidentalFoulRule;
  readonly extension: ExtensionRule;
  readonly missingJudge: (typeof MISSING_JUDGE)[number];
  /** Usual sizes of a panel. Soft: a bout may be set up with others. */
  readonly panels: readonly number[];
  /** Usual numbers of scheduled rounds. Soft. */
  readonly roundsAllowed: readonly number[];
  /** Usual lengths of a round in seconds. Soft: jurisdictions and divisions differ. */
  readonly roundLengthsS: readonly number[];
};

/** The members that a jurisdiction may choose otherwise. The criteria are none of them: they are the set's. */
export type RuleField = Exclude<keyof Rules, 'id' | 'version' | 'jurisdiction' | 'criteria'>;

type Choices<T> = { readonly [Name in keyof T]?: T[Name] | undefined };

/** A jurisdiction's or a bout's own choices. What is absent stays as the rule set has it. */
export type RuleOverrides = Choices<Pick<Rules, Exclude<RuleField, 'accidentalFoul' | 'extension'>>> & {
  /** A name of `JURISDICTIONS`, whose choices come first. */
  readonly jurisdiction?: string | undefined;
  readonly accidentalFoul?: Choices<Omit<AccidentalFoulRule, 'after'>> | undefined;
  readonly extension?: Choices<ExtensionRule> | undefined;
};

/** What the winner of a round has: ten points, in tenths. */
export const TEN_X10 = 100;

/** No bout goes on longer than this. */
export const MOST_ROUNDS = 20;
