import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tempFolder } from '../../cli/temp.ts';
import { startServer, type TestServer } from '../support/server.ts';
import * as checks from './check/checks.ts';
import * as views from './check/views.ts';
import { type Evidence, playChapter } from './run/chapter.ts';
import { buildInjector, type Injector, whyNot } from './run/injector.ts';
import { newCounts, newJournal } from './run/journal.ts';
import { startProgress } from './run/progress.ts';
import { chapterSeed, readSettings } from './settings.ts';

const { seed, durationMs } = readSettings(process.env);
const noInjector = whyNot();
const CHAPTER_LIMIT_MS = 180_000;

const CHECKS = { ...checks, ...views };

describe(`a server that dies again and again under 200 writers (FIGHTJUDGE_SEED=${seed})`, () => {
  const counts = newCounts();
  const findings = new Map<string, string[]>(Object.keys(CHECKS).map((name) => [name, []]));
  const folder = tempFolder('fightjudge-faults-');
  let server: TestServer;
  let injector: Injector | null = null;

  beforeAll(
    async () => {
      const progress = startProgress(seed, durationMs, counts);
      const persistTo = join(folder.path, 'data');
      injector = noInjector === null ? buildInjector(join(folder.path, 'injector'), persistTo) : null;
      server = await startServer({ persistTo, env: injector?.env ?? {} });
      let evidence: Evidence | null = null;
      for (let chapter = 1; evidence === null || (progress.goesOn() && !failed()); chapter += 1) {
        const find = (name: string, texts: readonly string[]): void =>
          void findings.get(name)?.push(...texts.map((text) => `seed ${seed}, chapter ${chapter}: ${text}`));
        const journal = newJournal(counts);
        try {
          evidence = await playChapter(server, injector, chapterSeed(seed, chapter), chapter, journal);
        } catch (error) {
          // It came to no end, and what is known of it is what the clients have seen.
          find('answers', [...journal.oddities, String(error)]);
          break;
        }
        progress.chapterEnds(evidence);
        for (const [name, check] of Object.entries(CHECKS)) find(name, check(evidence));
      }
      progress.end();
    },
    (durationMs ?? 0) + CHAPTER_LIMIT_MS,
  );

  afterAll(async () => {
    await server?.stop();
    folder.remove();
  });

  const failed = (): boolean => [...findings.values()].some((list) => list.length > 0);
  /** The first few: what is wrong once is often wrong a thousand times. */
  const found = (name: keyof typeof CHECKS): readonly string[] => (findings.get(name) ?? [name]).slice(0, 12);

  it('lost answers, was asked again, and refused what it had to', () => {
    expect(counts.kills).toBeGreaterThan(0);
    expect(counts.lost).toBeGreaterThan(0);
    expect(counts.repeats).toBeGreaterThan(0);
    expect(counts.refusals).toBeGreaterThan(0);
  });

  it('answers with nothing but receipts and refusals that had to be', () => {
    expect(found('answers')).toEqual([]);
  });

  it('has everything that was sent, once, and nothing else', () => {
    expect(found('stored')).toEqual([]);
  });

  it('stands by every receipt that it gave, in the order in which it gave them', () => {
    expect(found('receipts')).toEqual([]);
  });

  it('took back what was taken back, and nothing else', () => {
    expect(found('undone')).toEqual([]);
  });

  it('has a chain without a gap, in which every hash follows from what the API tells', () => {
    expect(found('chain')).toEqual([]);
  });

  it('showed nobody what they may not see, left no gap and repeated nothing', () => {
    expect(found('shown')).toEqual([]);
  });

  it('left every viewer with what somebody gets who comes only now', () => {
    expect(found('assembled')).toEqual([]);
  });

  it('has made every bout that it said it had, and owes none its line in the index', () => {
    expect(found('made')).toEqual([]);
  });

  it.skipIf(noInjector !== null)(
    `was struck at its write and sync calls${noInjector === null ? '' : `: left out, because ${noInjector}`}`,
    () => {
      expect(injector?.loaded()).toBe(true);
      // A run that has found something ends at once, perhaps before the first fault.
      if (!failed()) expect(counts.struck).toBeGreaterThan(0);
    },
  );
});
