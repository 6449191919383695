import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide, totalOf } from '../../../domain/bout/index.ts';
import { csvOf, plainCell, safeCell, scorecardCsv } from '../../../domain/export/csv.ts';
import { boutJson } from '../../../domain/export/json.ts';
import { scorecardModel } from '../../../domain/export/scorecard-model.ts';
import { readSealedBout } from '../../../domain/export/sealed-bout.ts';
import { venueTime } from '../../../domain/export/venue-time.ts';
import { sha256, utf8Bytes } from '../../../domain/ledger/index.ts';
import { hexOf, leafHash, parseCheckpoint, parseNote, rootOf } from '../../../domain/log/index.ts';
import { boutDocumentSchema } from '../../../workers/schemas/exports.ts';
import { bookOf, openBook, ruleSet, valueOf, write } from '../support/book.ts';
import { bellMs } from '../support/fought.ts';
import { clock } from '../support/lines.ts';
import { closingPanel, panelChange } from '../support/officials.ts';
import { play, scoredNight } from '../support/script.ts';
import { fullBook, knockoutBook, NAMES, peopleOf, score, sealedBout } from './fixture.ts';

function rowsOf(csv: string): readonly Record<string, string>[] {
  return parse(csv, { bom: true, columns: true, record_delimiter: '\r\n' });
}

describe('the table of scorecards', () => {
  it('has a line a judge and round, then one a judge with the totals', async () => {
    const csv = scorecardCsv(scorecardModel(await sealedBout(fullBook())));
    expect(csv.startsWith('\ufeffbout_id,')).toBe(true);
    expect(csv.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    const rows = rowsOf(csv);
    expect(rows.map((row) => [row['line'], row['judge_id'], row['round'], row['red'], row['blue']].join(' '))).toEqual([
      'round JUDGE001 1 10 8',
      'round JUDGE001 2 9 10',
      'round JUDGE001 3 10 9',
      'round JUDGE002 1 10 8',
      'round JUDGE002 2 10 9',
      'round JUDGE002 3 9 10',
      'round JUDGE003 1 10 9',
      'round JUDGE003 2 10 9',
      'round JUDGE003 3 10 9',
      'total JUDGE001  29 27',
      'total JUDGE002  29 27',
      'total JUDGE003  30 27',
    ]);
    expect(rows[4]).toMatchObject({
      bout_id: 'PFC50-main.1',
      red_fighter: 'Łukasz Żółć',
      blue_fighter: 'Шавкат Рахмонов',
      judge_name: '张伟丽',
      red_deducted: '1',
      blue_deducted: '0',
      red_net: '9',
      blue_net: '9',
      counts: 'yes',
      state: 'reopened',
      source: 'device',
      reopened: '1',
      earlier: '9-10',
    });
    expect(rows[7]).toMatchObject({ source: 'paper', state: 'submitted', reopened: '0', earlier: '' });
    expect(rows.slice(9).map((row) => [row['judge_name'], row['red_net'], row['blue_net'], row['state']])).toEqual([
      ['محمد علي', '28', '27', 'signed'],
      ['张伟丽', '28', '27', 'not signed'],
      ["Seán O'Brien-Ó Súilleabháin", '29', '27', 'signed'],
    ]);
  });

  it('marks a round that does not decide, and a scorecard that is missing', async () => {
    const rows = rowsOf(scorecardCsv(scorecardModel(await sealedBout(knockoutBook()))));
    expect(rows.slice(0, 2)).toMatchObject([
      { round: '1', counts: 'yes', red: '9' },
      { round: '2', counts: 'no', red: '', state: 'missing' },
    ]);
  });

  it('reads back any text, and begins no cell with what a spreadsheet would run', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }).map((any) => any.toWellFormed()),
      fc
        .tuple(
          fc.constantFrom('=', '+', '-', '@', '\t', '\r', "'", "'=", '＝', '"', ' =', '\0=', '\u{feff}-'),
          fc.string(),
        )
        .map((two) => two.join('')),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text, text), { minLength: 1, maxLength: 5 }), (table) => {
        const read: readonly (readonly string[])[] = parse(csvOf(table), {
          bom: true,
          record_delimiter: '\r\n',
          skip_empty_lines: false,
        });
        expect(read.map((row) => row.map(plainCell))).toEqual(table);
        for (const cell of read.flat()) expect(cell).not.toMatch(/^[\t\r\n]|^[\p{Cc}\p{Cf}\p{Z}]*[=+\-@＝＋－＠]/u);
      }),
    );
  });

  it.each([
    ['=1+1', "'=1+1"],
    ['-Ann', "'-Ann"],
    ["'=x", "''=x"],
    ["O'Brien", "O'Brien"],
    ["'tis", "'tis"],
    ['\0=1+1', "'\0=1+1"],
    [' \u{feff}=1+1', "' \u{feff}=1+1"],
    ["\u{202e}'@x", "'\u{202e}'@x"],
    [' Ann', ' Ann'],
    ['a=b', 'a=b'],
  ])('%s is written %s', (text, cell) => {
    expect(safeCell(text)).toBe(cell);
    expect(plainCell(cell)).toBe(text);
  });
});

describe('what a scorecard shows', () => {
  it('adds up on every night: as given, less what was taken, is the total that decides', async () => {
    await fc.assert(
      fc.asyncProperty(scoredNight, async (steps) => {
        const book = openBook();
        play(book, steps);
        const model = scorecardModel(await sealedBout(book));
        const taken = model.rounds.filter(({ counts }) => counts).map(({ deductions }) => deductions);
        const { missing } = decide(book.state);
        for (const { seat, given, total, absent } of model.seats) {
          if (absent) continue;
          expect(total).toEqual(totalOf(book.state, seat));
          // Points are taken from scorecards that are there.
          if (given === null || missing.some((one) => one.seat === seat)) continue;
          expect(total).toEqual({
            red: given.red - taken.reduce((sum, { red }) => sum + red, 0),
            blue: given.blue - taken.reduce((sum, { blue }) => sum + blue, 0),
          });
        }
      }),
      { numRuns: 40 },
    );
  });

  it('is the extension round alone, where that decides alone', async () => {
    const rules = ruleSet('kickboxing');
    const changes = { rules: { ...rules, extension: { rounds: 1, decides: 'alone' as const, evenAllowed: false } } };
    const book = bookOf([], { scheduledRounds: 1, ...changes });
    write(book, clock('start_round', bellMs(1), 1));
    score(book, 1, [1, -1, 0]);
    write(book, clock('start_round', bellMs(2), 2));
    score(book, 2, [1, 1, 1]);
    const model = scorecardModel(await sealedBout(book));
    expect(model.rounds.map(({ counts, extension }) => [counts, extension])).toEqual([
      [false, false],
      [true, true],
    ]);
    expect(model.seats.map(({ given, total }) => [given, total])).toEqual(
      [1, 2, 3].map(() => [
        { red: 100, blue: 90 },
        { red: 100, blue: 90 },
      ]),
    );
  });

  it('names whoever held a seat, and gives a substitute their own name', async () => {
    const book = bookOf([clock('start_round', bellMs(1), 1)]);
    score(book, 1, [1, 1, 1]);
    const change = write(book, panelChange('substitute', 'JUDGE002', 'ann', 2));
    write(book, closingPanel(change));
    const people = peopleOf([...NAMES, [`substitute:${change.index}`, 'Ann Other']]);
    const [, seat] = scorecardModel(await sealedBout(book, people)).seats;
    expect(seat?.judges).toEqual([
      { id: 'JUDGE002', name: '张伟丽', fromRound: 1 },
      { id: 'ann', name: 'Ann Other', fromRound: 2 },
    ]);
  });

  it('says who proposed and who confirmed, and the rulings as the referee made them', async () => {
    const { result, rulings, fighters } = scorecardModel(
      await sealedBout(fullBook(), peopleOf([['fighter:red', null], ...NAMES.slice(1)])),
    );
    expect(fighters.red).toEqual({ id: 'john-doe', name: null });
    expect(result).toMatchObject({
      status: 'official',
      decision: 'UD',
      proposed: { subject: 'supervisor-1', role: 'supervisor' },
      confirmed: { subject: 'supervisor-2', role: 'supervisor' },
    });
    expect(
      rulings.map(({ kind, corner, pointsX10, intent, rescinded }) => [kind, corner, pointsX10, intent, rescinded]),
    ).toEqual([
      ['knockdown', 'red', 0, null, false],
      ['foul', 'red', 0, 'intentional', false],
      ['deduction', 'red', 10, 'intentional', false],
      ['warning', 'blue', 0, null, true],
    ]);
  });

  it.each([
    ['America/Los_Angeles', '2026-07-01 13:00:00 GMT-7'],
    ['Asia/Kathmandu', '2026-07-02 01:45:00 GMT+5:45'],
    ['Europe/London', '2026-07-01 21:00:00 GMT+1'],
    [null, '2026-07-01 20:00:00 UTC'],
  ])('in %s eight in the evening UTC is %s', (zone, text) => {
    expect(venueTime(Date.UTC(2026, 6, 1, 20), zone)).toBe(text);
  });
});

describe('the document of everything', () => {
  it('holds the very bytes of every entry: the checkpoint’s root comes out of its text', async () => {
    const bout = await sealedBout(fullBook());
    const text = boutJson(bout, sha256);
    const lines = text.split('\n').filter((line) => line.startsWith('{"hash":'));
    const leaves = lines.map(
      (line) => /^\{"hash":"[0-9a-f]{64}","leaf":(?<leaf>.*)\},?$/.exec(line)?.groups?.['leaf'] ?? '',
    );
    const note = valueOf(parseNote(bout.checkpoint));
    const { root, size } = valueOf(parseCheckpoint(note.text));
    expect(leaves).toHaveLength(size);
    expect(hexOf(rootOf(leaves.map((leaf) => leafHash(utf8Bytes(leaf)))))).toBe(hexOf(root));
    expect(lines.map((line) => line.slice(9, 73))).toEqual(leaves.map((leaf) => hexOf(leafHash(utf8Bytes(leaf)))));
  });

  it('has the shape that the API documents, with the names that are kept', async () => {
    const bout = await sealedBout(fullBook(), peopleOf([['fighter:red', null], ...NAMES.slice(1)]));
    const read = boutDocumentSchema.parse(JSON.parse(boutJson(bout, sha256)));
    expect(read.people.map(({ name }) => name)).toEqual([null, ...NAMES.slice(1).map(([, name]) => name)]);
    expect(read.bout.bout_id).toBe('PFC50-main.1');
    expect(read.scorecards.map(({ total }) => total)).toEqual([
      { red: 28, blue: 27 },
      { red: 28, blue: 27 },
      { red: 29, blue: 27 },
    ]);
    expect(read.result).toMatchObject({ status: 'official', winner: 'red', decision: 'UD' });
    expect(read.checkpoint).toBe(bout.checkpoint);
    expect(read.entries.at(-1)?.leaf).toMatchObject({ kind: 'seal' });
    expect(JSON.stringify(read)).not.toContain('Łukasz');
  });

  it('is made of nothing that does not fold', async () => {
    const { leaves, checkpoint } = await sealedBout(fullBook());
    const [first = ''] = leaves;
    expect(readSealedBout([first, first], [], checkpoint)).toMatchObject({ ok: false, code: 'unavailable' });
    expect(readSealedBout(['{}'], [], checkpoint)).toMatchObject({ ok: false, code: 'unavailable' });
    expect(readSealedBout([], [], checkpoint)).toMatchObject({ ok: false, code: 'unavailable' });
  });
});
