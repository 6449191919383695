import { describe, expect, it } from 'vitest';
import type { Role } from '../../../domain/roles/index.ts';
import { createJudgingDue } from '../../../public/replay/judging-due.ts';
import { asReleased, type Fetched } from '../../../public/replay/fetch.ts';
import { isReleased, type Part, watchFor, watchForStages } from '../../../public/shared/board/due.ts';
import type { Feed } from '../../../public/shared/live/feed.ts';
import { decodeEntry, type View } from '../../../public/shared/wire/frames.ts';
import { decodeRecommendations } from '../../../public/shared/wire/recommendations.ts';
import { viewWith } from './board-support.ts';
import { replayOf } from './replay-fixtures.ts';

type Change = { readonly kind: string; readonly round?: number };

const status = (round_status: string, more: object = {}) =>
  viewWith({ round_status, rounds: [{ round_id: 1, status: round_status, total_events: 0 }], ...more });
const RUNNING = status('IN_PROGRESS');
const OVER = status('ENDED');

function releasing(scorecards: string, recommendation: string, view = RUNNING): View {
  return { ...view, bout: { ...view.bout, release_policy: { statistics: 'public', scorecards, recommendation } } };
}

function feedOf(view: View, cursor: number, ...changes: readonly Change[]): Feed {
  const entries = changes.map(({ kind, round = 1 }, i) => {
    const actor = { subject: 'o', role: 'operator' };
    const entry = decodeEntry({
      sequence_index: cursor - changes.length + i,
      event_id: `e${i}`,
      kind,
      round_id: round,
      actor,
    });
    if (entry === undefined) throw new Error('The entry of the test is none.');
    return entry;
  });
  return { cursor, view, entries };
}

/** What is due after a first look at the same view, with what came since. */
function dueAfter(part: Part, role: Role | null, view: View, came: number, ...shown: readonly Change[]) {
  const watch = watchFor(part, role);
  expect(watch(feedOf(view, 10))).toBe('soon');
  return watch(feedOf(view, 10 + came, ...shown));
}

describe('what is released to whom', () => {
  it('goes by the policy of the bout for the part and the role', () => {
    const view = releasing('broadcast', 'commission');
    const open = (part: Part) =>
      ([null, 'viewer', 'judge', 'broadcaster', 'supervisor', 'admin'] as const).filter((role) =>
        isReleased(view, role, part),
      );
    expect(open('scorecards')).toEqual(['broadcaster', 'supervisor', 'admin']);
    expect(open('recommendation')).toEqual(['supervisor', 'admin']);
    expect(isReleased(releasing('public', 'none'), 'supervisor', 'recommendation')).toBe(false);
    expect(isReleased(releasing('public', 'public'), null, 'recommendation')).toBe(true);
  });

  it('is nothing under a word that nobody knows, and the server’s to say where it names no policy', () => {
    expect(isReleased(releasing('everybody', 'public'), null, 'scorecards')).toBe(false);
    expect(isReleased(viewWith(), null, 'scorecards')).toBe(true);
  });
});

describe('what has to be asked for again', () => {
  it('is nothing while only the fight goes on', () => {
    const fight = [{ kind: 'action' }, { kind: 'clock' }, { kind: 'replace' }];
    expect(dueAfter('scorecards', null, RUNNING, 3, ...fight)).toBe('no');
    expect(dueAfter('recommendation', null, RUNNING, 3, ...fight)).toBe('no');
    expect(dueAfter('recommendation', 'broadcaster', status('PAUSED'), 1, { kind: 'void' })).toBe('no');
    expect(dueAfter('recommendation', null, RUNNING, 0)).toBe('no');
  });

  it('is the recommendation of a running round for the commission, seldom', () => {
    expect(dueAfter('recommendation', 'supervisor', RUNNING, 1, { kind: 'action' })).toBe('seldom');
    expect(dueAfter('scorecards', 'supervisor', RUNNING, 1, { kind: 'action' })).toBe('no');
  });

  it('is the recommendation with an action that changes a round which is over', () => {
    expect(dueAfter('recommendation', null, OVER, 1, { kind: 'replace' })).toBe('soon');
    const second = viewWith({ round_id: 2, round_status: 'IN_PROGRESS' });
    expect(dueAfter('recommendation', null, second, 1, { kind: 'void', round: 1 })).toBe('soon');
    expect(dueAfter('recommendation', null, second, 1, { kind: 'action', round: 2 })).toBe('no');
  });

  it('is both with a scorecard or a ruling, and with what this role is not sent', () => {
    for (const part of ['scorecards', 'recommendation'] as const) {
      expect(dueAfter(part, null, RUNNING, 1, { kind: 'scorecard' })).toBe('soon');
      expect(dueAfter(part, null, RUNNING, 2, { kind: 'action' }, { kind: 'ruling' })).toBe('soon');
      expect(dueAfter(part, null, RUNNING, 2, { kind: 'action' })).toBe('seldom');
      expect(dueAfter(part, null, OVER, 1)).toBe('soon');
    }
  });

  it('is everything with the policy, a round’s status or the result', () => {
    const official = { status: 'official', winner: 'Red Fighter', winner_corner: 'red' };
    for (const next of [OVER, releasing('public', 'public'), status('IN_PROGRESS', { result: official })]) {
      for (const watch of [watchFor('scorecards', null), watchForStages()]) {
        watch(feedOf(RUNNING, 10));
        expect(watch(feedOf(RUNNING, 11, { kind: 'action' }))).toBe('no');
        expect(watch(feedOf(next, 11, { kind: 'action' }))).toBe('soon');
      }
    }
  });
});

describe('the judging beside a replay', () => {
  it('is asked for once, and not again before something may have changed it', () => {
    const due = createJudgingDue(null);
    due.see(feedOf(releasing('public', 'public'), 10));
    expect(due.take(0)).toEqual({ cards: true, advice: 'ask' });
    due.see(feedOf(releasing('public', 'public'), 11, { kind: 'action' }));
    expect(due.take(1_000)).toEqual({ cards: false, advice: 'keep' });
    due.see(feedOf(releasing('public', 'public'), 12, { kind: 'scorecard' }));
    expect(due.take(2_000)).toEqual({ cards: true, advice: 'ask' });
    due.missed();
    expect(due.take(3_000)).toEqual({ cards: true, advice: 'ask' });
  });

  it('is asked for every few seconds while a round of the commission’s grows', () => {
    const due = createJudgingDue('supervisor');
    const view = releasing('public', 'public');
    due.see(feedOf(view, 10));
    due.take(0);
    const asked = [1_000, 2_000, 5_000, 6_000].filter((ms, i) => {
      due.see(feedOf(view, 11 + i, { kind: 'action' }));
      return due.take(ms).advice === 'ask';
    });
    expect(asked).toEqual([5_000]);
  });

  it('has no recommendation for whom there is none, asks once it is released, and drops it with the release', () => {
    const due = createJudgingDue(null);
    due.see(feedOf(releasing('public', 'broadcast'), 10));
    expect(due.take(0).advice).toBe('not_released');
    due.see(feedOf(releasing('public', 'public'), 11));
    expect(due.take(1_000).advice).toBe('ask');

    const said = decodeRecommendations({
      bout_id: 'bout_1',
      rounds: [
        {
          round_id: 1,
          complete: true,
          p_red: 0.7,
          p_two_points: 0.1,
          scorecard: '10-9',
          too_close: false,
          reasons: [],
          model: 'm',
          fitted: true,
        },
      ],
    })?.rounds[0];
    if (said === undefined) throw new Error('The recommendation of the test is none.');
    const fetched: Fetched = {
      kind: 'round',
      round: { replay: replayOf([]), corrections: new Set(), cards: [], rulings: [], recommendation: said },
    };
    const shown = (view: View, role: Role | null) => {
      const left = asReleased(fetched, view, role);
      return left?.kind === 'round' ? left.round.recommendation : undefined;
    };
    expect(shown(releasing('public', 'public'), null)).toBe(said);
    expect(shown(releasing('public', 'broadcast'), null)).toBeNull();
    expect(shown(releasing('public', 'broadcast'), 'broadcaster')).toBe(said);
  });
});
