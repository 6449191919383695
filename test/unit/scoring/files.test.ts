import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PROJECT_ROOT } from '../../../cli/project.ts';
import { STATISTIC_COLUMNS } from '../../../cli/scoring/columns.ts';
import { csvField, parseCsv } from '../../../cli/scoring/csv.ts';
import { readTableText, roundOf } from '../../../cli/scoring/rounds.ts';
import { SCORE_HEADER, scoreFile } from '../../../cli/scoring/score-file.ts';
import { recommend } from '../../../domain/scoring/index.ts';
import { roundWith } from './support.ts';

describe('CSV', () => {
  test.each([
    [
      'a,b\n1,2\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'a,b\r\n1,2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    ['\uFEFFa\n\n1\n', [['a'], ['1']]],
    [
      '"a ""x""","b,\nc"\r\n,\n',
      [
        ['a "x"', 'b,\nc'],
        ['', ''],
      ],
    ],
    ['a,', [['a', '']]],
    ['a\n""\n', [['a'], ['']]],
    ['', []],
  ])('%j', (text, rows) => {
    expect(parseCsv(text).map((row) => row.fields)).toEqual(rows);
  });

  test('knows on which line a row begins', () => {
    expect(parseCsv('a\n"x\ny"\nb').map((row) => row.line)).toEqual([1, 2, 4]);
  });

  test.each([
    ['a\n"b', 'line 2: a quoted field is not closed'],
    ['"a"b\n', 'line 1: a quoted field goes on after its closing quote'],
  ])('%j is refused', (text, fault) => {
    expect(() => parseCsv(text)).toThrow(fault);
  });

  test.each(['plain', 'with, comma', 'with "quotes"', 'two\nlines'])('writes %j so that it is read again', (value) => {
    expect(parseCsv(`${csvField(value)},x`)[0]?.fields).toEqual([value, 'x']);
  });
});

const NAMES = [
  'bout_id',
  'date',
  'scheduled_rounds',
  'round',
  'round_seconds',
  ...['red', 'blue'].flatMap((corner) => STATISTIC_COLUMNS.map(({ column }) => `${corner}_${column}`)),
];

/** A file of one round; what is not given is 0. */
function table(values: Readonly<Record<string, string>>, names: readonly string[] = NAMES): string {
  const usual: Record<string, string> = {
    bout_id: 'b1',
    date: '2020-05-09',
    scheduled_rounds: '3',
    round: '2',
    round_seconds: '300',
  };
  return `${names.join(',')}\n${names.map((name) => values[name] ?? usual[name] ?? '0').join(',')}\n`;
}

function read(text: string) {
  return readTableText(text, 'in.csv').map(roundOf);
}

describe('a file of rounds', () => {
  test('is read by its column names, in any order, whatever else it holds', () => {
    const values = { red_kd: '2', blue_ctrl: '77', red_td_a: '3', judge1_red: 'ten' };
    const [row] = read(table(values, ['judge1_red', ...NAMES.toReversed()]));
    expect(row).toEqual({
      boutId: 'b1',
      input: roundWith({ kd: 2, takedownsAttempted: 3 }, { controlSeconds: 77 }, { round: 2, year: 2020 }),
    });
  });

  test('says which groups of inputs it lacks: columns that are not there or empty', () => {
    const names = NAMES.filter((name) => !name.endsWith('_a'));
    expect(read(table({ blue_ctrl: '' }, names))[0]?.input.lacked).toEqual(['attempts', 'control', 'takedownAttempts']);
    expect(read(table({ date: '' }))[0]?.input.year).toBeNull();
  });

  test.each([
    [table({ red_kd: 'two' }), 'in.csv, line 2, column red_kd: "two" is no number'],
    [table({ blue_sub: '-1' }), 'in.csv, line 2, column blue_sub: -1 is negative'],
    [table({ blue_head_l: '1.5' }), 'in.csv, line 2, column blue_head_l: 1.5 is no whole number from 0 on'],
    // Wrong in a group that lacks because the other corner's field is empty.
    [table({ red_ctrl: '-1', blue_ctrl: '' }), 'in.csv, line 2, column red_ctrl: -1 is negative'],
    [table({ red_sig_l: '' }), 'in.csv, line 2, column red_sig_l: must not be empty'],
    [table({ round: '0' }), 'in.csv, line 2, column round: 0 is no whole number from 1 on'],
    [table({ date: 'May' }), 'in.csv, line 2, column date: "May" is no date as 2021-12-31'],
    [table({ bout_id: '' }), 'in.csv, line 2, column bout_id: must not be empty'],
    [
      table(
        {},
        NAMES.filter((name) => name !== 'red_kd'),
      ),
      'in.csv, line 2, column red_kd: the column is missing',
    ],
    [
      table(
        {},
        NAMES.filter((name) => name !== 'bout_id'),
      ),
      'in.csv, line 2, column bout_id: the column is missing',
    ],
    [table({}, [...NAMES, 'red_kd']), 'in.csv: the column red_kd is there twice'],
    [`${NAMES.join(',')}\n1,2\n`, `in.csv, line 2: 2 fields where the header has ${NAMES.length}`],
    [`${NAMES.join(',')}\n`, 'in.csv has column names but no rounds'],
    ['', 'in.csv is empty'],
    ['"', 'in.csv: line 1: a quoted field is not closed'],
  ])('that is wrong is refused by row and column (%#)', (text, fault) => {
    expect(() => read(text)).toThrow(fault);
  });
});

describe('score', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'fightjudge-score-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('writes what the model says, in the order of the rows', () => {
    const [from, to] = [join(folder, 'in.csv'), join(folder, 'out.csv')];
    const rows = [
      { bout_id: '"a, b"', round: '3', red_kd: '2', red_sig_l: '20', red_head_l: '20', red_tot_l: '20' },
      { bout_id: 'b2', round: '1', blue_kd: '2', blue_sig_l: '20', blue_head_l: '20', blue_tot_l: '20' },
      { bout_id: 'b3', round: '1' },
    ].map((values) => table(values).split('\n')[1]);
    writeFileSync(from, `\uFEFF${NAMES.join(',')}\r\n${rows.join('\r\n')}\r\n`);
    scoreFile(from, to);
    const said = recommend(roundWith({ kd: 2, sigLanded: 20, headLanded: 20, totalLanded: 20 }, {}, { year: 2020 }));
    const close = said.tooClose ? 'true' : 'false';
    expect(readFileSync(to, 'utf8').split('\n')).toEqual([
      SCORE_HEADER,
      `"a, b",3,${said.pRed.toFixed(6)},${said.margin2.toFixed(6)},${said.card},${close}`,
      `b2,1,${(1 - said.pRed).toFixed(6)},${said.margin2.toFixed(6)},${said.card.split('-').toReversed().join('-')},${close}`,
      'b3,1,0.500000,0.000000,10-10,true',
      '',
    ]);
  });

  test('writes nothing where a row is wrong, and leaves what was there', () => {
    const [from, to] = [join(folder, 'bad.csv'), join(folder, 'kept.csv')];
    writeFileSync(to, 'as it was');
    writeFileSync(from, `${table({})}${table({ red_kd: 'x' }).split('\n')[1]}\n`);
    expect(() => scoreFile(from, to)).toThrow('line 3, column red_kd');
    expect(readFileSync(to, 'utf8')).toBe('as it was');
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  test('says so where a file cannot be read or written', () => {
    const from = join(folder, 'good.csv');
    writeFileSync(from, table({}));
    expect(() => scoreFile(join(folder, 'none.csv'), join(folder, 'x.csv'))).toThrow('none.csv cannot be read');
    expect(() => scoreFile(from, join(folder, 'none', 'x.csv'))).toThrow('x.csv cannot be written');
    expect(existsSync(join(folder, 'none'))).toBe(false);
  });

  test('are never the file of rounds itself, by whatever name', () => {
    const from = join(folder, 'kept.csv');
    writeFileSync(from, table({}));
    symlinkSync(from, join(folder, 'link.csv'));
    for (const to of [from, join(folder, 'link.csv')])
      expect(() => scoreFile(from, to)).toThrow('the file of rounds itself');
    expect(readFileSync(from, 'utf8')).toBe(table({}));
  });

  test('are made from a table with strange columns twice, not with its own', () => {
    const from = join(folder, 'strange.csv');
    const to = join(folder, 'strange-out.csv');
    writeFileSync(from, table({}, [...NAMES, 'remark', 'remark']));
    scoreFile(from, to);
    expect(readFileSync(to, 'utf8').split('\n')).toHaveLength(3);
  });

  test('as a command prints nothing where all is well, and one line and status 1 where it is not', () => {
    const from = join(folder, 'command.csv');
    writeFileSync(from, table({}));
    const run = (...args: string[]) =>
      spawnSync(process.execPath, ['cli/score.ts', ...args], { cwd: PROJECT_ROOT, encoding: 'utf8' });
    const good = run('--rounds', from, '--out', join(folder, 'command-out.csv'));
    expect([good.status, good.stdout, good.stderr]).toEqual([0, '', '']);
    writeFileSync(from, table({ red_kd: 'x' }));
    const bad = run('--rounds', from, '--out', join(folder, 'never.csv'));
    expect([bad.status, bad.stdout]).toEqual([1, '']);
    expect(bad.stderr).toContain('line 2, column red_kd: "x" is no number');
    expect(existsSync(join(folder, 'never.csv'))).toBe(false);
    expect(run('--rounds', from).status).toBe(1);
  });
});
