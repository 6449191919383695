import { describe, expect, it } from 'vitest';
import {
  endingByFoul,
  JURISDICTION_NAMES,
  JURISDICTIONS,
  RULE_INFO,
  RULE_SET_IDS,
  type Rules,
  type RuleSetId,
  rulesOf,
  sourceOf,
  withOverrides,
} from '../../../domain/rules/index.ts';
import { leafProblem } from '../../../domain/ledger/index.ts';
import { SPORTS } from '../../../domain/bout/index.ts';
import { rulesWith, setOf } from './support.ts';

/** Words by which a source says that it is none, or not a whole one. */
const ADMITS_NONE = /configuration|not verified|not found|found for amateurs only|no (source|text) found/i;

/** A page, a code of regulations or a body with rules. */
const CITES =
  /\.(com|org|ca|nz)\b|\b(N?MAC|NCAC|NYCRR|COMAR|CMR|CCR|SPS|WAC|OAR|N\.J\.A\.C\.|Ohio Adm|Wyo|ABC|BKFC|BoxRec|BoxingScene|secondsout|Ontario|Lumpinee|Karate Combat rules)/;

/** What no text of rules was found for, or none that covers it. Whoever adds to this has looked. */
const EVERYWHERE = ['extension', 'missingJudge'] as const;
const MMA = [...EVERYWHERE, 'deductionPoints', 'countS', 'standingCount', 'knockdownLimit'] as const;
/** MMA alone has criteria by year. */
const STRIKING = [...EVERYWHERE, 'criteria', 'intentionalInjuryPoints'] as const;
const NO_FULL_TEXT = [
  'accidentalFoul',
  'countS',
  'deductionPoints',
  'knockdownLimit',
  'lowestX10',
  'standingCount',
] as const;
const UNSOURCED: Readonly<Record<RuleSetId, readonly string[]>> = {
  'mma-unified-2017': MMA,
  // Reported, but without the text.
  'mma-unified-2025': [...MMA, 'criteria', 'lowestX10', 'knockdownPoints'],
  boxing: [...STRIKING, 'deductionPoints', 'roundLengthsS'],
  kickboxing: [...STRIKING, 'deductionPoints', 'knockdownLimit'],
  'muay-thai': [...STRIKING, 'accidentalFoul', 'restS', 'roundLengthsS', 'roundsAllowed', 'standingCount'],
  'bare-knuckle': [...STRIKING, ...NO_FULL_TEXT],
  'karate-combat': [...STRIKING, ...NO_FULL_TEXT, 'evenRounds', 'mustHaveTen'],
};

describe('the rule sets', () => {
  it.each(RULE_SET_IDS)('%s agrees with itself and can stand in a ledger', (id) => {
    const rules = setOf(id);
    expect(rules.id).toBe(id);
    expect(withOverrides(rules, {})).toEqual({ ok: true, value: rules });
    expect(leafProblem(rules, 'rules')).toBeNull();
    expect(leafProblem(RULE_INFO[id], 'info')).toBeNull();
  });

  it.each(RULE_SET_IDS)('%s names a source for every rule and every foul, or is known to have none', (id) => {
    const { sources, fouls } = RULE_INFO[id];
    const { id: _id, version: _version, jurisdiction: _jurisdiction, ...rest } = setOf(id);
    expect(Object.keys(sources).toSorted()).toEqual(Object.keys(rest).toSorted());
    const unsourced = Object.entries(sources).filter(([, source]) => ADMITS_NONE.test(source) || !CITES.test(source));
    expect(unsourced.map(([field]) => field).toSorted()).toEqual([...UNSOURCED[id]].toSorted());
    for (const { source } of fouls) expect(source).toMatch(CITES);
    expect(new Set(fouls.map((foul) => foul.id)).size).toBe(fouls.length);
  });

  it('are found by their id, by a sport and by the older name for MMA', () => {
    expect(rulesOf('mma-unified')?.id).toBe('mma-unified-2017');
    for (const sport of SPORTS) {
      const rules = rulesOf(sport);
      expect(rules === null ? null : RULE_INFO[rules.id].sport).toBe(sport);
    }
    for (const name of ['', 'constructor', '__proto__', 'Boxing']) expect(rulesOf(name)).toBeNull();
  });

  it('differ in the criteria where MMA does', () => {
    expect([setOf('mma-unified-2017').criteria, setOf('mma-unified-2025').criteria, setOf('boxing').criteria]).toEqual([
      '2017',
      '2025',
      null,
    ]);
  });
});

describe('jurisdictions', () => {
  const presets = JURISDICTION_NAMES.flatMap((name) =>
    RULE_SET_IDS.filter((id) => JURISDICTIONS[name].presets[id] !== undefined).map((id) => [name, id] as const),
  );

  it.each(presets)('%s can be chosen for %s and is named as the source of what it chose', (name, id) => {
    const rules = rulesWith(id, { jurisdiction: name });
    const preset = JURISDICTIONS[name].presets[id];
    expect(rules.jurisdiction).toBe(name);
    if (preset?.overrides.accidentalFoul !== undefined) expect(sourceOf(rules, 'accidentalFoul')).toBe(preset.source);
    if (preset?.overrides.knockdownPoints !== undefined) expect(sourceOf(rules, 'knockdownPoints')).toBe(preset.source);
    expect(preset?.source).not.toBe('');
  });

  it('are refused for a rule set that nothing was found for, and where nobody knows them', () => {
    for (const jurisdiction of ['maryland', 'atlantis', 'constructor']) {
      expect(withOverrides(setOf('karate-combat'), { jurisdiction })).toMatchObject({
        ok: false,
        errors: [{ field: 'rules.jurisdiction' }],
      });
    }
  });

  it('give way to what a bout chooses itself, and then the source says so', () => {
    const rules = rulesWith('boxing', { jurisdiction: 'maryland', knockdownPoints: null });
    expect(rules.knockdownPoints).toBeNull();
    expect(sourceOf(rules, 'knockdownPoints')).toBe('Chosen when the bout was set up');
    expect(sourceOf(rules, 'restS')).toBe(RULE_INFO.boxing.sources.restS);
  });
});

describe('a reader of a result', () => {
  it('is told the source of the rule that ended the bout', () => {
    const early = { round: 1, scheduledRounds: 3, completedRounds: 0, roundElapsedMs: 1, roundLengthMs: 300_000 };
    const ending = { ...early, intent: 'accidental', fouler: 'red', when: 'at_once' } as const;
    const of = (rules: Rules) => endingByFoul(rules, ending, null).source;
    expect(of(rulesWith('mma-unified-2017', { jurisdiction: 'new-york' }))).toBe('19 NYCRR 212.12(a)-(d)');
    expect(of(rulesWith('boxing', { accidentalFoul: { before: 'draw' } }))).toBe('Chosen when the bout was set up');
  });
});
