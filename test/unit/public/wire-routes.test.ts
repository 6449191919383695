import { describe, expect, it } from 'vitest';
import { decodeCard } from '../../../public/shared/wire/cards.ts';
import { decodeFighters } from '../../../public/shared/wire/fighters.ts';
import { decodeRecommendations } from '../../../public/shared/wire/recommendations.ts';
import { decodeRuleSets } from '../../../public/shared/wire/rules.ts';
import { decodeScorecards } from '../../../public/shared/wire/scorecards.ts';

const CARD = {
  round_id: 1,
  judge_name: 'Judge A',
  submitted: true,
  red: 10,
  blue: 9,
  sequence_index: 4,
  paper: false,
  earlier: [],
  deductions: { red: 0, blue: 0 },
};

const RULING = {
  round_id: 1,
  sequence_index: 9,
  event_id: 'ruling_1',
  target_event_id: null,
  foul: null,
  time_ms: null,
  kind: 'knockdown',
  corner: 'red',
  intent: null,
  points: 0,
  method: null,
  rescinded: false,
};

/** What a role is sent that is told nothing beyond the scorecards. */
const ANSWER = {
  bout_id: 'bout_1',
  rules: { id: 'mma-unified-2017' },
  seats: [{ judge_id: 'A', judge_name: 'Judge A', absent: false, rounds: [CARD] }],
  rulings: [RULING],
};

const RECOMMENDATION = {
  round_id: 1,
  complete: true,
  p_red: 0.7,
  p_two_points: 0.1,
  scorecard: '10-9',
  too_close: false,
  reasons: [{ corner: 'red', input: 'damage', words: 'more damage', log_odds: 0.8 }],
  lacked: ['grappling'],
  model: 'published',
  fitted: false,
  notes: [],
};

const NIGHT = {
  card_id: 'card_1',
  promotion: 'Promotion',
  event: 'Night',
  date: null,
  time_zone: null,
  venue: null,
  current_bout_id: null,
  bouts: [{ bout_id: 'bout_1', position: 1 }],
  seats: [],
  devices: [],
};

describe('the scorecards as they come', () => {
  it('are read for every role: what it is not told is null', () => {
    const read = decodeScorecards(ANSWER);
    expect(read?.seats[0]).toMatchObject({ rounds: [CARD], total: null, signed: null });
    expect(read?.rulings[0]).toEqual({ ...RULING, told: null });
    expect(read).toMatchObject({ missing: null, extension_due: null, unsigned: null, told: null, proposals: [] });
  });

  it('are read again after they were kept on the device', () => {
    const computed = { winner: 'red', method: 'DEC', decision: 'UD', round_id: null, time_ms: null, reason: null };
    const proposal = { proposal_index: 7, proposed_by: 'sup_1', kind: 'paper', judge_id: 'A', round_id: 1, red: 10 };
    for (const answer of [ANSWER, { ...ANSWER, missing: [], proposals: [proposal], computed }]) {
      const read = decodeScorecards(answer);
      expect(read).toBeDefined();
      expect(decodeScorecards(JSON.parse(JSON.stringify(read)))).toEqual(read);
    }
  });

  it('are refused whole where one is not understood, also those that an older page has kept', () => {
    const { sequence_index: _index, earlier: _earlier, paper: _paper, ...older } = CARD;
    const changed = [{ ...CARD, red: '10' }, { ...CARD, deductions: null }, older];
    for (const card of changed) {
      expect(decodeScorecards({ ...ANSWER, seats: [{ ...ANSWER.seats[0], rounds: [card] }] })).toBeUndefined();
    }
    expect(decodeScorecards({ ...ANSWER, rulings: [{ ...RULING, corner: 'green' }] })).toBeUndefined();
    expect(decodeScorecards({ ...ANSWER, rules: null })).toBeUndefined();
  });
});

describe('the recommendations as they come', () => {
  it('are read, and read again after they were kept; an unknown field is passed over', () => {
    const read = decodeRecommendations({ bout_id: 'bout_1', rounds: [{ ...RECOMMENDATION, status: 'ENDED' }] });
    expect(read?.rounds[0]).toMatchObject({ p_red: 0.7, reasons: [{ corner: 'red', words: 'more damage' }] });
    expect(decodeRecommendations(JSON.parse(JSON.stringify(read)))).toEqual(read);
  });

  it('are refused where it is not said whether the model is fitted', () => {
    const { fitted: _fitted, ...unsaid } = RECOMMENDATION;
    expect(decodeRecommendations({ bout_id: 'bout_1', rounds: [unsaid] })).toBeUndefined();
  });
});

describe('a card as it comes', () => {
  it('may have no bout yet, but says which is the current one', () => {
    expect(decodeCard(NIGHT)).toEqual(NIGHT);
    const { current_bout_id: _current, ...unsaid } = NIGHT;
    expect(decodeCard(unsaid)).toBeUndefined();
  });
});

describe('the rule sets and the fighters as they come', () => {
  it('leave the rules themselves to the page', () => {
    const set = { id: 'boxing', title: 'Boxing', sport: 'boxing', rules: { rest_s: 60 }, fouls: [], jurisdictions: [] };
    expect(decodeRuleSets({ rule_sets: [{ ...set, sources: {} }] })).toEqual({ rule_sets: [set] });
    expect(decodeRuleSets({ rule_sets: [{ ...set, rules: [] }] })).toBeUndefined();
  });

  it('know of a fighter what was entered, and nothing that every fighter has beside the name', () => {
    const blue = { fighter_id: 'fighter2', name: 'B' };
    const read = decodeFighters({ bout_id: 'bout_1', red: { ...blue, name: 'R', age: 30 }, blue });
    expect(read?.red).toMatchObject({ name: 'R', age: 30, team: null });
    expect(Object.entries(read?.blue ?? {}).filter(([, value]) => value !== null)).toEqual([['name', 'B']]);
  });
});
