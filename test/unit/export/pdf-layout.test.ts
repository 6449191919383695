import { PageSizes } from 'pdf-lib';
import { expect, it } from 'vitest';
import { scorecardModel, type ScorecardModel } from '../../../domain/export/index.ts';
import { renderScorecard } from '../../../workers/export/pdf/scorecard.ts';
import { openBook, panel, type Book } from '../support/book.ts';
import { FONTS, fullBook, HARD_NAMES, knockoutBook, longBook, peopleOf, sealedBout } from './fixture.ts';
import { overlap, type Place, type Placed, placedBy, within } from './placement.ts';

const ADDRESS = 'https://fightjudge.example/archive?bout=PFC50-main.1';
const [WIDTH, HEIGHT] = PageSizes.A4;
/** What most printers leave blank. */
const EDGE = 14;

const LONG_ID = 'a-bout-with-an-id-of-sixty-four-characters-which-is-the-longest-';
/** With the `person-of-` of the fixtures before it, the longest that an id may be. */
const LONG_SEAT = 'SEAT_OF_FIFTY_FOUR_CHARACTERS_WHICH_IS_QUITE_LONG_FOR_';
const NO_ZONE = { timeZone: null, date: null } as const;

async function modelOf(book: Book, people?: Parameters<typeof sealedBout>[1]): Promise<ScorecardModel> {
  return scorecardModel(await sealedBout(book, people));
}

async function layOut(model: ScorecardModel): Promise<Placed> {
  return await placedBy(async () => await renderScorecard(model, FONTS, ADDRESS));
}

function faultsOf({ texts, boxes, lines }: Placed): readonly string[] {
  const sheet = (page: number): Place => ({
    words: 'sheet',
    page,
    left: EDGE,
    right: WIDTH - EDGE,
    bottom: EDGE,
    top: HEIGHT - EDGE,
  });
  return texts.flatMap((text, at) => [
    ...(within(text, sheet(text.page)) ? [] : [`leaves page ${text.page}: ${text.words}`]),
    ...boxes.flatMap((box) => (overlap(text, box) && !within(text, box) ? [`crosses a box: ${text.words}`] : [])),
    ...lines.flatMap((line) => (overlap(text, line) ? [`crosses a line: ${text.words}`] : [])),
    ...texts.slice(at + 1).flatMap((other) => (overlap(text, other) ? [`on "${text.words}": ${other.words}`] : [])),
  ]);
}

const LONG_PEOPLE = peopleOf([
  ['fighter:red', 'Maximiliana Alexandrowna von und zu Hohenlohe-Waldenburg-Schillingsfürst '.repeat(2).trim()],
  ['fighter:blue', 'W'.repeat(120)],
  [`judge:${LONG_SEAT}`, 'Judge '.repeat(16).trim()],
]);

it.each([
  ['a bout of three rounds', async () => await modelOf(fullBook())],
  ['one without a time zone', async () => await modelOf(fullBook(NO_ZONE))],
  ['a knockout without a time zone', async () => await modelOf(knockoutBook(NO_ZONE))],
  ['twelve rounds and hard names', async () => await modelOf(longBook(NO_ZONE), HARD_NAMES)],
  [
    'the longest ids and names',
    async () => {
      const names = { promotion: 'Promotion '.repeat(18).trim(), event: 'E'.repeat(180) };
      const judges = panel(LONG_SEAT, 'B', 'C', 'D', 'E', 'F', LONG_SEAT.toLowerCase());
      return await modelOf(longBook({ ...NO_ZONE, ...names, boutId: LONG_ID, cardId: LONG_ID, judges }), LONG_PEOPLE);
    },
  ],
  [
    'long ids of fighters',
    async () => {
      const model = await modelOf(longBook({ ...NO_ZONE, boutId: LONG_ID }), LONG_PEOPLE);
      const { red, blue } = model.fighters;
      return { ...model, fighters: { red: { ...red, id: LONG_ID }, blue: { ...blue, id: LONG_ID } } };
    },
  ],
  ['nothing but a set-up', async () => await modelOf(openBook({ judges: [], ...NO_ZONE }), [])],
] satisfies readonly (readonly [string, () => Promise<ScorecardModel>])[])(
  'no text leaves the page, a box or its own place: %s',
  async (_name, model) => {
    const placed = await layOut(await model());
    expect(placed.texts.length).toBeGreaterThan(20);
    expect(placed.boxes.length).toBeGreaterThan(2);
    expect(faultsOf(placed)).toEqual([]);
  },
);

it('says once that the record names no time zone, and nothing of it where it does', async () => {
  const said = async (model: ScorecardModel) =>
    (await layOut(model)).texts.filter(({ words }) => words.includes('time zone')).map(({ words }) => words);
  expect(await said(await modelOf(fullBook(NO_ZONE)))).toEqual([
    'Times are in UTC: the record does not name the venue’s time zone.',
  ]);
  expect(await said(await modelOf(fullBook()))).toEqual([]);
});

it('names what devices logged and nobody received, as the seal declares it', async () => {
  const book = fullBook();
  const seal = book.entries.at(-1);
  if (seal === undefined) throw new Error('no seal');
  const device = { entries: 9, epoch: 1, last_seq: 12, key: null, declared: true };
  const devices = [
    {
      ...device,
      device_id: 'tablet-7',
      missing: [
        [3, 5],
        [9, 9],
      ],
      more_missing: 4,
    },
    { ...device, device_id: 'tablet-8', missing: [], declared: false },
  ];
  const payload = { ...seal.payload, devices, reason: 'the tablet was stolen' };
  const model = await modelOf({ ...book, entries: [...book.entries.slice(0, -1), { ...seal, payload }] });
  const placed = await layOut(model);
  const words = placed.texts.map((text) => text.words);
  expect(words).toContain(
    'Device tablet-7: its entries 3–5, 9 and 4 more runs of numbers, declared missing at the seal.',
  );
  expect(words).toContain('Reason of the seal: the tablet was stolen');
  expect(words.join()).not.toContain('tablet-8');
  expect(faultsOf(placed)).toEqual([]);
  const whole = await layOut(await modelOf(fullBook()));
  expect(whole.texts.map((text) => text.words)).not.toContain('NEVER RECEIVED');
});
