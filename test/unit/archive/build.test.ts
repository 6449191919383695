import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  archivePrefix,
  buildArchive,
  factLines,
  FINDING_WORDS,
  FINDINGS,
  findingText,
} from '../../../domain/archive/index.ts';
import { leafHash, hexOf } from '../../../domain/log/index.ts';
import {
  archiveOf,
  checkpointOf,
  newLogKey,
  PEOPLE,
  rowsOf,
  sealBook,
  smallBout,
  verifyFiles,
} from '../../support/archive.ts';
import { utcText, utcYear } from '../../../domain/archive/calendar.ts';
import { CONFIG } from '../support/book.ts';
import { longRows } from './support.ts';

const key = newLogKey();
const rows = rowsOf(sealBook(smallBout()));

async function documents() {
  const { files } = await archiveOf(rows, key);
  return {
    files,
    text: (path: string): string => new TextDecoder().decode(files.get(path)),
    json: (path: string): Record<string, unknown> => JSON.parse(new TextDecoder().decode(files.get(path))),
  };
}

describe('an archive', () => {
  it('has the same bytes whenever it is made, the checkpoint last', async () => {
    const checkpoint = await checkpointOf(rows, key);
    const make = () => [...buildArchive({ rows, people: PEOPLE, checkpoint, rotations: ['a\n'] })];
    const [one, two] = [make(), make()];
    expect(one).toEqual(two);
    expect(one.map(({ path }) => path)).toEqual([
      `tile/entries/000.p/${rows.length}`,
      `tile/0/000.p/${rows.length}`,
      'event_log.json',
      'hash_chain.json',
      'round_summaries.json',
      'judge_scorecards.json',
      'replay_data.json',
      'metadata.json',
      'rotations',
      'checkpoint',
    ]);
  });

  it('is made of a ledger that folds, and of nothing else', () => {
    const input = { people: PEOPLE, checkpoint: '', rotations: [] };
    expect(() => [...buildArchive({ ...input, rows: [] })]).toThrow('no entries');
    expect(() => [...buildArchive({ ...input, rows: rows.slice(1) })]).toThrow('entry 0 does not fold');
    expect(() => [...buildArchive({ ...input, rows: rows.toSpliced(3, 1) })]).toThrow('entry 3 does not fold');
  });

  it('names every JSON document’s format and bout', async () => {
    const { files, json } = await documents();
    const documentNames = [...files.keys()].filter((path) => path.endsWith('.json'));
    expect(documentNames).toHaveLength(6);
    for (const path of documentNames) {
      expect(json(path)).toMatchObject({ bout_id: 'bout_123', format: `fightjudge/${path.slice(0, -5)}/1` });
    }
  });

  it('has each entry’s exact bytes on a line of the event log', async () => {
    const { text } = await documents();
    const [head, ...lines] = text('event_log.json').trimEnd().split('\n');
    expect(head).toBe('{"bout_id":"bout_123","format":"fightjudge/event_log/1","entries":[');
    expect(lines.pop()).toBe(']}');
    const hashes = lines.map((line) => hexOf(leafHash(new TextEncoder().encode(line.replace(/,$/, '')))));
    expect(hashes).toEqual(rows.map(({ hash }) => hash));
  });

  it('says what was scored and decided, by whom', async () => {
    const { json } = await documents();
    expect(json('judge_scorecards.json')).toMatchObject({
      seats: [
        {
          judge_id: 'JUDGE001',
          rounds: [{ round_id: 1, submitted: true, red: 10, blue: 9, paper: false, deductions: { red: 0, blue: 1 } }],
          total: { red: 10, blue: 8 },
          signed: false,
        },
      ],
      deductions: [{ round_id: 1, red: 0, blue: 1 }],
      decision: { winner: 'red', decision: 'UD', complete: true },
      result: { status: 'official', winner: 'red', proposed_by: 'supervisor-1', confirmed_by: 'supervisor-2' },
    });
  });

  it('says what was counted, and what second changed it', async () => {
    const { json } = await documents();
    expect(json('round_summaries.json')).toMatchObject({
      rounds: [
        {
          round_id: 1,
          status: 'FINAL',
          total_events: 4,
          round_summary: {
            damage_score: { red: 1.12, blue: 0 },
            control_score: { red: 0.05, blue: 0 },
            total_score: { red: 1.17, blue: 0 },
          },
          statistics: { red: { strikes: 1, knockdowns: 1, pending_knockdowns: 1, control_ms: 1_500 } },
        },
      ],
    });
    const timeline = JSON.stringify(json('replay_data.json'));
    expect([...timeline.matchAll(/"second":(\d+)/g)].map(([, second]) => Number(second))).toEqual([4, 5, 60, 61]);
    expect(timeline).toContain('"event_count":4');
  });

  it('says when and over what the bout was sealed', async () => {
    const { json } = await documents();
    expect(json('metadata.json')).toMatchObject({
      entries: rows.length,
      sealed: {
        type: 'BOUT_SEALED',
        sequence_index: rows.length - 1,
        entries: rows.length - 1,
        actions: 4,
        devices: [{ device_id: 'op-1-laptop', entries: 4, last_seq: 5, missing: [[3, 3]], declared: true }],
      },
      recorded_under: { build: 'test', model: 'test' },
    });
  });

  it('of ten thousand entries is made and verified', async () => {
    const long = longRows(10_000);
    const started = performance.now();
    const { files } = await archiveOf(long, key, { people: [] });
    const made = performance.now();
    // The people of that bout have commitments that were made up.
    const report = await verifyFiles(files, key);
    const done = performance.now();
    const size = [...files.values()].reduce((sum, { length }) => sum + length, 0);
    const seconds = (ms: number): string => (ms / 1000).toFixed(2);
    console.info(
      `10,000 entries, ${(size / 1e6).toFixed(1)} MB: made in ${seconds(made - started)} s, verified in ${seconds(done - made)} s`,
    );
    expect(report).toMatchObject({ verdict: 'proven', facts: { entries: 10_000 } });
  });
});

describe('where an archive lies', () => {
  const at = Date.UTC(2025, 11, 31, 23);

  it('is told by date, promotion, event and bout', () => {
    expect(archivePrefix(CONFIG, at)).toBe('archive/fights/2026/PFC/PFC-50/bout_123/');
    expect(archivePrefix({ ...CONFIG, date: null }, at)).toBe('archive/fights/2025/PFC/PFC-50/bout_123/');
  });

  it('never climbs, and never has an empty segment', () => {
    const prefix = (promotion: string, event: string) => archivePrefix({ ...CONFIG, promotion, event }, at);
    expect(prefix('..', '.')).toBe('archive/fights/2026/--/-/bout_123/');
    expect(prefix('', 'Fight Night: 3/4 “Ω”')).toBe('archive/fights/2026/-/Fight-Night--3-4----/bout_123/');
    expect(prefix('../../x', '...')).toBe('archive/fights/2026/..-..-x/.../bout_123/');
  });
});

describe('the calendar', () => {
  it('is that of the platform', () => {
    const instant = fc.integer({ min: -(10 ** 13), max: 10 ** 14 });
    fc.assert(
      fc.property(instant, (ms) => {
        const date = new Date(ms);
        expect(utcYear(ms)).toBe(date.getUTCFullYear());
        if (date.getUTCFullYear() > 999 && date.getUTCFullYear() < 10_000) {
          expect(utcText(ms)).toBe(`${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`);
        }
      }),
    );
  });
});

describe('words', () => {
  it('there are for every finding', () => {
    expect(Object.keys(FINDING_WORDS).toSorted()).toEqual(Object.keys(FINDINGS).toSorted());
    for (const words of Object.values(FINDING_WORDS)) expect(words).toMatch(/^[A-Z].*\.$/);
    const finding = { code: 'leaf_changed', file: 'tile/entries/000.p/9', index: 3, detail: 'd' } as const;
    expect(findingText(finding)).toEqual({
      weight: 'broken',
      words: 'An entry was changed after it was signed.',
      where: 'entry 3',
      file: 'tile/entries/000.p/9',
      detail: 'd',
    });
    expect(findingText({ ...finding, code: 'tile_changed', file: 'tile/1/000.p/1', index: 0 }).where).toBe('hash 0');
  });

  it('there are for what was established', async () => {
    const { files } = await archiveOf(rows, key);
    const lines = factLines(await verifyFiles(files, key));
    expect(lines).toContain(`Checkpoint of log.test/bout/bout_123 over ${rows.length} entries`);
    expect(lines).toContain(
      'Result (official): Red (Zoë Ångström) by decision: 10–8; proposed by supervisor-1, confirmed by supervisor-2',
    );
    expect(lines).toContain('Device op-1-laptop numbered 1 entry that never arrived: number 3, declared in the seal');
    expect(lines).toContain('People: 3 named and bound, 0 not named');
  });
});
