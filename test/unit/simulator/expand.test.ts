import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expandRound } from '../../../cli/simulator/expand.ts';
import { countedOf, differences, recount } from '../../../cli/simulator/recount.ts';
import { loadRounds } from '../../../cli/simulator/rounds.ts';
import { controlSpans, normaliseAction } from '../../../domain/actions/index.ts';
import { anyRound, anySeed } from './round-row.ts';

const FIXTURE = loadRounds();

describe('expanding round statistics', () => {
  test('any round counts up to the same statistics again', () => {
    fc.assert(
      fc.property(anyRound, anySeed, (round, seed) => {
        const found = recount(expandRound(round, seed), round.round_seconds * 1000);
        expect(differences(countedOf(round), found)).toEqual([]);
      }),
    );
  });

  test('every moment lies within the round, in order of time', () => {
    fc.assert(
      fc.property(anyRound, anySeed, (round, seed) => {
        const moments = expandRound(round, seed).map((action) => action.clockMs);
        expect(moments.every((ms) => Number.isInteger(ms) && ms >= 0 && ms < round.round_seconds * 1000)).toBe(true);
        expect(moments).toEqual(moments.toSorted((a, b) => a - b));
      }),
    );
  });

  test('control is never held by both, and the product itself counts the same seconds of it', () => {
    fc.assert(
      fc.property(anyRound, anySeed, (round, seed) => {
        const script = expandRound(round, seed);
        const edges = script.filter((action) => action.eventType.startsWith('Control '));
        expect(edges.map((edge) => edge.eventType)).toEqual(
          edges.map((_, i) => (i % 2 === 0 ? 'Control Start' : 'Control Stop')),
        );
        expect(edges.map((edge) => edge.corner)).toEqual(edges.map((_, i) => edges[i - (i % 2)]?.corner));

        const marks = script.flatMap(({ eventType, clockMs, corner }, index) =>
          eventType === 'Control Start' || eventType === 'Control Stop'
            ? [
                {
                  index,
                  clockMs,
                  corner,
                  kind: 'top',
                  edge: eventType === 'Control Start' ? 'start' : 'stop',
                  lengthMs: 0,
                } as const,
              ]
            : [],
        );
        for (const corner of ['red', 'blue'] as const) {
          const spans = controlSpans(marks, round.round_seconds * 1000).filter((span) => span.corner === corner);
          expect(spans.reduce((sum, span) => sum + span.toMs - span.fromMs, 0)).toBe(round[corner].ctrl * 1000);
        }
      }),
    );
  });

  test('ground strikes and submissions fall into own control where there is any', () => {
    fc.assert(
      fc.property(anyRound, anySeed, (round, seed) => {
        const script = expandRound(round, seed);
        for (const corner of ['red', 'blue'] as const) {
          if (round[corner].ctrl === 0) continue;
          const mine = script.filter((action) => action.corner === corner);
          const edges = mine.filter((action) => action.eventType.startsWith('Control'));
          for (const action of mine) {
            if (action.eventType !== 'Ground Strike' && action.eventType !== 'Submission Attempt') continue;
            const open = edges.findLast((edge) => edge.clockMs <= action.clockMs);
            expect(open?.eventType).toBe('Control Start');
          }
        }
      }),
    );
  });

  test('the same seed gives the same script, another seed another one', () => {
    fc.assert(
      fc.property(anyRound, anySeed, (round, seed) => {
        expect(expandRound(round, seed)).toEqual(expandRound(structuredClone(round), seed));
      }),
    );
    const [round] = FIXTURE.rounds;
    if (round === undefined) throw new Error('the fixture has no rounds');
    expect(expandRound(round, 1)).not.toEqual(expandRound(round, 2));
  });

  test('every action is one that the catalogue takes, with nothing assumed about it', () => {
    fc.assert(
      fc.property(anyRound, anySeed, (round, seed) => {
        for (const { eventType, metadata } of expandRound(round, seed)) {
          const outcome = normaliseAction(eventType, { ...metadata });
          expect(outcome).toMatchObject({ ok: true, value: { assumed: false } });
        }
      }),
    );
  });
});

describe('the bout that comes with the project', () => {
  test('is McBride v Holtzman with its real scorecards, by seats', () => {
    expect(FIXTURE.bout).toMatchObject({ red: 'Michael McBride', blue: 'Scott Holtzman', date: '2017-04-22' });
    expect(FIXTURE.rounds.map((round) => round.scorecards)).toEqual([
      { JUDGE1: { red: 9, blue: 10 }, JUDGE2: { red: 9, blue: 10 }, JUDGE3: { red: 9, blue: 10 } },
      { JUDGE1: { red: 9, blue: 10 }, JUDGE2: { red: 9, blue: 10 }, JUDGE3: { red: 9, blue: 10 } },
      { JUDGE1: { red: 9, blue: 10 }, JUDGE2: { red: 8, blue: 10 }, JUDGE3: { red: 9, blue: 10 } },
    ]);
    expect(FIXTURE.rounds.map((round) => [round.red.tot_l, round.blue.tot_l, round.red.ctrl, round.blue.ctrl])).toEqual(
      [
        [50, 27, 34, 90],
        [36, 33, 22, 161],
        [54, 49, 0, 150],
      ],
    );
  });

  test('keeps its script for a seed: a change of the expansion is a change of every demo', () => {
    const opening = FIXTURE.rounds.flatMap((round) => expandRound(round, 1).slice(0, 2));
    expect(opening.map((action) => `${action.clockMs} ${action.corner} ${action.eventType}`)).toMatchInlineSnapshot(`
      [
        "3212 red Body Kick",
        "3623 red Jab",
        "1750 red Cross",
        "2202 red Jab",
        "1189 blue Cross",
        "5261 blue Low Kick",
      ]
    `);
  });
});
