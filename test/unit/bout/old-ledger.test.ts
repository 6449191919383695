import { describe, expect, it } from 'vitest';
import { beginBout, type BoutConfig, configFromLeaf, configToLeaf, fold } from '../../../domain/bout/index.ts';
import type { Entry, LeafObject } from '../../../domain/ledger/index.ts';
import { rulesOf } from '../../../domain/rules/index.ts';
import { DEFAULT_LIMITS } from '../../../domain/validator/index.ts';
import { type Book, bookOf, CONFIG, openBook, refusal, ruleSet, valueOf, write } from '../support/book.ts';
import { clock, ruling, scorecard, tap } from '../support/lines.ts';

/** The first entry of a bout as it was written before there were rule sets, validators and models. */
function oldLeaf(more: LeafObject = {}): LeafObject {
  const leaf = configToLeaf(CONFIG);
  const { rules: _rules, validator: _validator, model: _model, judges: _judges, judges_log: _log, ...rest } = leaf;
  const judges = CONFIG.judges.map(({ id, commitment }) => ({ id, name_commitment: commitment }));
  return { ...rest, judges, knockdown_authority: 'referee', ...more };
}

function read(leaf: LeafObject): BoutConfig {
  const config = configFromLeaf(leaf);
  if (config === null) throw new Error('not the set-up of a bout');
  return config;
}

function oldBook(more: LeafObject = {}): Book {
  const [first] = openBook().entries;
  if (first === undefined) throw new Error('no first entry');
  const entry: Entry = { ...first, payload: oldLeaf(more) };
  return { state: valueOf(beginBout(entry)), entries: [entry] };
}

describe('a bout that was set up before there were rule sets', () => {
  it('has the rule set that its name means, and defaults for what it does not say', () => {
    expect(read(oldLeaf())).toEqual({
      ...CONFIG,
      rules: { ...ruleSet('mma-unified'), lowestX10: 60 },
      model: '',
      validator: DEFAULT_LIMITS,
      judges: CONFIG.judges.map((judge) => ({ ...judge, person: null })),
      judgesLog: true,
    });
    expect(read(oldLeaf({ ruleset: 'boxing' })).rules).toEqual(ruleSet('boxing'));
    expect(read(oldLeaf({ ruleset: 'house-rules' })).rules.id).toBe('mma-unified-2017');
    expect(read(oldLeaf({ ruleset: '__proto__' })).rules.id).toBe('mma-unified-2017');
  });

  it('keeps the one choice that it made, who says what a knockdown is', () => {
    const book = oldBook({ knockdown_authority: 'statistics' });
    const target = write(book, tap('KD'));
    expect(refusal(book, ruling('slip', { target }))).toEqual({ code: 'conflict', fields: ['kind'] });
    const other = oldBook();
    expect(refusal(other, ruling('slip', { target: write(other, tap('KD')) }))).toBeNull();
  });

  it('folds on, with the scores from 6 to 10 that it took', () => {
    const book = oldBook();
    for (const line of [clock('start_round', 0), tap('Jab', { at: 1_000 }), scorecard('JUDGE001', 1, 10, 6)]) {
      expect(refusal(book, line)).toBeNull();
    }
    expect(refusal(openBook(), scorecard('JUDGE001', 1, 10, 6))).not.toBeNull();
  });
});

describe('the set-up of a bout', () => {
  it('is read back as it was written, with every choice of its rule set', () => {
    const choices = {
      rules: {
        ...ruleSet('muay-thai'),
        halfPoints: true,
        jurisdiction: 'wisconsin',
        extension: { rounds: 2, decides: 'total', evenAllowed: true },
      },
      validator: { ...DEFAULT_LIMITS, minActions: 9 },
      model: 'mma-1',
      judgesLog: false,
      judges: [{ id: 'J1', commitment: 'c', person: 'anna' }],
    } as const;
    expect(read(configToLeaf({ ...CONFIG, ...choices }))).toEqual({ ...CONFIG, ...choices });
  });

  it('is frozen: what rule sets say today changes no bout that has begun', () => {
    const rules = { ...ruleSet('boxing'), version: 'boxing.0', knockdownLimit: 3, lowestX10: 50 };
    const book = bookOf([scorecard('JUDGE001', 1, 10, 5)], { rules });
    expect(book.state.config.rules).toEqual(rules);
    expect(rulesOf('boxing')).not.toEqual(rules);
    const again = book.entries
      .slice(1)
      .reduce((state, entry) => valueOf(fold(state, entry, () => null)), valueOf(beginBout(firstOf(book))));
    expect(again).toEqual(book.state);
  });
});

function firstOf({ entries: [first] }: Book): Entry {
  if (first === undefined) throw new Error('no first entry');
  return first;
}
