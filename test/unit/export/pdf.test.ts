import { getDocumentProxy } from 'unpdf';
import { describe, expect, it } from 'vitest';
import { scorecardModel } from '../../../domain/export/index.ts';
import { parseNote } from '../../../domain/log/index.ts';
import { renderScorecard } from '../../../workers/export/pdf/scorecard.ts';
import { LATER, openBook, valueOf } from '../support/book.ts';
import { FONTS, fullBook, HARD_NAMES, knockoutBook, longBook, peopleOf, sealedBout } from './fixture.ts';

const ADDRESS = 'https://fightjudge.example/archive?bout=PFC50-main.1';

type Page = { readonly text: string; readonly items: readonly string[] };

type Read = {
  readonly pages: readonly Page[];
  readonly info: Readonly<Record<string, unknown>>;
};

/** The pages as pdf.js reads them: text in reading order, an item a piece of it. */
async function read(bytes: Uint8Array): Promise<Read> {
  const document = await getDocumentProxy(Uint8Array.from(bytes));
  const pages: Page[] = [];
  for (let number = 1; number <= document.numPages; number += 1) {
    const { items } = await (await document.getPage(number)).getTextContent();
    const texts = items.flatMap((item) => ('str' in item ? [item.str] : []));
    pages.push({ text: texts.filter((text) => text.trim() !== '').join('\n'), items: texts });
  }
  const { info } = await document.getMetadata();
  return { pages, info: Object.fromEntries(Object.entries(info)) };
}

async function rendered(...bout: Parameters<typeof sealedBout>): Promise<Read> {
  return await read(await renderScorecard(scorecardModel(await sealedBout(...bout)), FONTS, ADDRESS));
}

let once: Promise<Read> | null = null;

/** The full bout's, made once for all tests that only look at it. */
async function full(): Promise<Read> {
  once ??= rendered(fullBook());
  return await once;
}

describe('the official scorecard', () => {
  it('holds on one page what a commission asks of it', async () => {
    const { pages, info } = await full();
    expect(pages).toHaveLength(1);
    const text = pages[0]?.text ?? '';
    for (const words of [
      'OFFICIAL SCORECARD',
      'PFC · PFC-50',
      '2026-01-10',
      '2026-01-10 12:00:00 GMT-8',
      'PFC50-main.1',
      'RED CORNER',
      'BLUE CORNER',
      'Łukasz Żółć',
      'Шавкат Рахмонов',
      'WINNER: RED CORNER, Łukasz Żółć',
      'Decision: unanimous decision (UD)',
      'Reason: JUDGE002 could not sign: device failed.',
      'Proposed by supervisor-1 (supervisor), 2026-01-11 12:00:00 GMT-8',
      'Confirmed by supervisor-2 (supervisor), 2026-01-11 12:01:01 GMT-8',
      '(1) Seat JUDGE002, round 2: was 9-10, reopened by supervisor-1 (“misread”).',
      '(2) Seat JUDGE003, round 2: from paper, entered by supervisor-1, confirmed by supervisor-2.',
      '28-27 signed by person-of-JUDGE001, 2026-01-11 12:00:00 GMT-8',
      'not signed',
      'Knockdown',
      'Point deduction',
      '1 point · intentional · by referee-1',
      'RESCINDED · by referee-1',
      ADDRESS,
      'Page 1 of 1',
    ]) {
      expect(text).toContain(words);
    }
    expect(info).toMatchObject({ Title: 'Official scorecard, PFC, PFC-50, bout PFC50-main.1', Producer: 'FightJudge' });
    expect(info['CreationDate']).toBe(`D:${new Date(LATER + 120_000).toISOString().replaceAll(/[-:T]|\..*/g, '')}Z`);
  });

  it('has the checkpoint’s note word by word, and the id of the key that signed it', async () => {
    const bout = await sealedBout(fullBook());
    const { pages } = await full();
    const text = pages[0]?.text.replaceAll(/\s/g, '') ?? '';
    expect(text).toContain(bout.checkpoint.replaceAll(/\s/g, ''));
    const [signature] = valueOf(parseNote(bout.checkpoint)).signatures;
    expect(text).toContain(`keyid${(signature?.id ?? 0).toString(16).padStart(8, '0')}`);
  });

  it('has every judge’s points, what was taken and the totals, cell by cell', async () => {
    const { pages } = await full();
    const items = (pages[0]?.items ?? []).filter((item) => item.trim() !== '');
    const rows = items.slice(items.indexOf('by the referee'), items.indexOf('JUDGES’ SIGNATURES')).join(' ');
    expect(rows).toContain('1 – – 10 8 10 8 10 9 2 −1 – 9 10 10 9 (1) 10 9 (2) 3 – – 10 9 9 10 10 9');
    expect(rows).toContain('As given 29 27 29 27 30 27 Points taken −1 – −1 – −1 – TOTAL 28 27 28 27 29 27');
  });

  it('can be read from the right where a name is', async () => {
    const { pages } = await full();
    // pdf.js puts what stands from right to left back into the order of reading.
    expect(pages[0]?.items).toContain('محمد علي');
  });

  it('marks what the fonts lack with its code point, and says so below', async () => {
    const { pages } = await full();
    const items = pages[0]?.items ?? [];
    const at = items.indexOf('5F');
    expect(
      items
        .slice(at)
        .filter((item) => item.trim() !== '')
        .slice(0, 6),
    ).toEqual(['5F', '20', '4F', '1F', '4E', '3D']);
    expect(pages[0]?.text).toContain('U+5F20 U+4F1F U+4E3D.');
    const { pages: all } = await rendered(knockoutBook());
    expect(all.map(({ text }) => text).join()).not.toContain('Boxes stand for');
  });

  it('has one page for five rounds and five judges; rounds that were not fought say so', async () => {
    const { pages } = await rendered(knockoutBook());
    expect(pages).toHaveLength(1);
    const { text = '', items = [] } = pages[0] ?? {};
    expect(text).toContain('Knockout (KO), round 2, time 1:33');
    expect(items.filter((item) => item === 'not fought')).toHaveLength(3);
    expect(items.filter((item) => item === 'not signed')).toHaveLength(5);
    expect(text).toContain('does not count');
  });

  it('goes on over further pages, with their head and foot, and loses no word of long names', async () => {
    const { pages } = await rendered(longBook(), HARD_NAMES);
    expect(pages.length).toBeGreaterThan(1);
    for (const [at, { text }] of pages.entries()) {
      expect(text).toContain(`Page ${at + 1} of ${pages.length}`);
      expect(text).toContain('SIMULATION, no real bout');
    }
    const all = pages.map(({ text }) => text).join('\n');
    expect(all).toContain('SIMULATION: NO REAL BOUT');
    expect(all).toContain('name not kept');
    expect(all).toContain('evilname');
    expect(all).toContain('SCORECARDS, continued');
    const plain = all.replaceAll(/\s/g, '');
    for (const { name } of HARD_NAMES.slice(1, 2)) expect(plain).toContain((name ?? '').replaceAll(/\s/g, ''));
    expect(all.match(/head too low/g)).toHaveLength(36);
  });

  it('sets Arabic digits from left to right, alone, before and behind letters', async () => {
    const people = peopleOf([
      ['fighter:red', '\u0661\u0662\u0663'],
      ['fighter:blue', '\u06f1\u06f2\u06f3 Rocky'],
    ]);
    const { items } = (await rendered(openBook(), people)).pages[0] ?? { items: [] };
    expect(items).toContain('\u0661\u0662\u0663');
    expect(items.join('')).toContain('\u06f1\u06f2\u06f3 Rocky');
  });

  it('is the same bytes every time, and others with another name', async () => {
    const made = async (...bout: Parameters<typeof sealedBout>) =>
      Buffer.from(await renderScorecard(scorecardModel(await sealedBout(...bout)), FONTS, ADDRESS)).toString('base64');
    const first = await made(knockoutBook());
    expect((await made(knockoutBook())) === first).toBe(true);
    expect((await made(knockoutBook(), HARD_NAMES)) === first).toBe(false);
  });

  it('says of a bout without result, panel or seal that the record has none', async () => {
    const { pages } = await rendered(openBook({ judges: [], timeZone: null, date: null }), []);
    const text = pages.map((page) => page.text).join('\n');
    for (const words of ['NO RESULT IN THE RECORD', 'The record names no panel of judges.', 'not recorded']) {
      expect(text).toContain(words);
    }
  });
});
