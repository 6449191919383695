import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensurePractice, PRACTICE_JUDGES } from './practice.ts';
import { parseServeFlags, SERVE_USAGE } from './flags.ts';
import { runMain } from './project.ts';
import { type Served, serve, stopOnSignal } from './serve.ts';
import { verifierKeyOf } from './log-key.ts';
import { DEMO_CARD, ensureSealedBout, runDemo } from './simulator/demo.ts';

const TOKEN_LIFE_S = 12 * 60 * 60;

/** How long the addresses wait for a bout; a demo in trouble says so itself. */
const FIRST_BOUT_LIMIT_MS = 15_000;

/** Somebody at one of the two cards. The token is for the card: it serves all of its bouts, whatever is on. */
type Visitor = { readonly label: string; readonly path: string; readonly claims: Readonly<Record<string, unknown>> };

const judges: readonly Visitor[] = PRACTICE_JUDGES.map(({ judge_id, person_id }, index) => ({
  label: `Judge ${index + 1}`,
  path: '/judge',
  claims: { role: 'judge', subject: person_id, judge_id, device_id: `practice-tablet-${index + 1}` },
}));

const operator = (corner: 'red' | 'blue'): Visitor => ({
  label: `Operator, ${corner}`,
  path: '/operator',
  claims: {
    role: 'operator',
    subject: `practice-operator-${corner}`,
    device_id: `practice-laptop-${corner}`,
    corners: [corner],
  },
});

/** Everybody whom a bout needs. They work at a bout of their own: the demo's has its own people. */
const OFFICIALS: readonly Visitor[] = [
  { label: 'Supervisor', path: '/supervisor', claims: { role: 'supervisor', subject: 'practice-supervisor' } },
  { label: 'Second supervisor', path: '/supervisor', claims: { role: 'supervisor', subject: 'practice-supervisor-2' } },
  operator('red'),
  operator('blue'),
  ...judges,
  {
    label: 'Overlay',
    path: '/overlay?layers=scorebug,clock,stats,result',
    claims: { role: 'broadcaster', subject: 'practice-broadcaster' },
  },
];

/** Those who look on at the demo. */
const ONLOOKERS: readonly Visitor[] = [
  { label: 'Supervisor', path: '/supervisor', claims: { role: 'supervisor', subject: 'demo-supervisor' } },
  { label: 'Overlay', path: '/overlay', claims: { role: 'broadcaster', subject: 'demo-broadcaster' } },
  { label: 'Commentary', path: '/commentary', claims: { role: 'broadcaster', subject: 'demo-broadcaster' } },
];

/** Somebody who may see every record. */
const ARCHIVIST: Visitor = {
  label: 'Archive, all',
  path: '/archive',
  claims: { role: 'supervisor', subject: 'archivist' },
};

/** Everything that runs on the server. */
const ENGINEER: Visitor = { label: 'Monitor', path: '/monitor', claims: { role: 'analyst', subject: 'engineer' } };

/** What anybody may open, by the demo's release policy. */
const OPEN_PAGES: readonly Row[] = [
  ['The night', '/'],
  ['Arena', '/arena'],
  ['Replay', '/replay'],
  ['Archive', '/archive'],
  ['API reference', '/api/docs'],
];

async function main(): Promise<void> {
  const flags = parseServeFlags(process.argv.slice(2));
  if (flags === null) {
    process.stdout.write(`npm start -- [flags]\n${SERVE_USAGE}\n`);
    return;
  }
  const served = await serve(flags);
  const demo = new AbortController();
  stopOnSignal(async () => {
    demo.abort();
    await served.stop();
  });
  process.stdout.write(`FightJudge is ready at ${served.url}\n`);

  const firstBout = Promise.withResolvers<string | null>();
  setTimeout(() => firstBout.resolve(null), FIRST_BOUT_LIMIT_MS).unref();
  const playing = runDemo({
    baseUrl: served.url,
    adminSecret: served.secrets.adminSecret,
    signal: demo.signal,
    onBout: firstBout.resolve,
  });
  const showing = firstBout.promise.then(async (boutId) => {
    const practice = await ensurePractice(served.url, served.secrets.adminSecret, demo.signal);
    const parts = await addresses(served.url, served.secrets.adminSecret, boutId !== null, practice.cardId);
    const file = writeLinks(flags.persistTo, parts);
    process.stdout.write(textOf(parts));
    process.stdout.write(`\nThe same as links to click: ${file}\n`);
    process.stdout.write(`The verifier's key of this server's log: ${verifierKeyOf(served.secrets.logKey)}\n`);
    process.stdout.write('The tokens last 12 hours. Ctrl-C stops everything.\n');
    await sealOne(served, demo.signal);
  });
  await Promise.all([playing, showing, served.lost]);
}

/** After the addresses: nobody waits for it. */
async function sealOne({ url: baseUrl, secrets }: Served, signal: AbortSignal): Promise<void> {
  try {
    await ensureSealedBout({ baseUrl, adminSecret: secrets.adminSecret, signal });
  } catch (error) {
    if (!signal.aborted) process.stderr.write(`demo: no bout was sealed: ${String(error)}\n`);
  }
}

type Row = readonly [label: string, address: string];

type Part = { readonly title: string; readonly rows: readonly Row[] };

/** The pages to open, each with a token ready in the fragment: that part never reaches a server's log. */
async function addresses(
  url: string,
  adminSecret: string,
  begun: boolean,
  practiceCard: string,
): Promise<readonly Part[]> {
  const base = url.replace('127.0.0.1', 'localhost');
  const row = async ({ label, path, claims }: Visitor, scope: object): Promise<Row> => {
    const token = await mintToken(url, adminSecret, { ...claims, ...scope, ttl_s: TOKEN_LIFE_S });
    return [label, `${base}${path}#token=${token}`];
  };
  const rows = async (visitors: readonly Visitor[], scope: object): Promise<readonly Row[]> =>
    await Promise.all(visitors.map(async (visitor) => await row(visitor, scope)));
  return [
    { title: 'Work at a bout of your own', rows: await rows(OFFICIALS, { card_id: practiceCard }) },
    {
      title: begun ? 'Watch the demo bout that is being played' : 'Watch the demo, which has not begun yet',
      rows: [
        ...OPEN_PAGES.map(([label, path]): Row => [label, base + path]),
        ...(await rows(ONLOOKERS, { card_id: DEMO_CARD })),
        await row(ARCHIVIST, {}),
        await row(ENGINEER, {}),
      ],
    },
  ];
}

function textOf(parts: readonly Part[]): string {
  const width = Math.max(...parts.flatMap(({ rows }) => rows.map(([label]) => label.length)));
  return parts
    .map(
      ({ title, rows }) =>
        `\n${title}:\n${rows.map(([label, address]) => `  ${label.padEnd(width)}  ${address}\n`).join('')}`,
    )
    .join('');
}

/** In a terminal the tokens drown the labels. The file is its owner's alone, as the addresses open what they name. */
function writeLinks(folder: string, parts: readonly Part[]): string {
  const lists = parts.map(
    ({ title, rows }) =>
      `<h2>${title}</h2><ul>${rows.map(([label, address]) => `<li><a target="_blank" rel="noopener" href="${address.replaceAll('&', '&amp;')}">${label}</a></li>`).join('')}</ul>`,
  );
  const style = 'body{font:1.1rem/1.8 system-ui;margin:2rem auto;max-width:40rem;color-scheme:light dark}';
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><title>FightJudge</title><style>${style}</style>${lists.join('')}`;
  const file = join(folder, 'pages.html');
  writeFileSync(file, html, { mode: 0o600 });
  return pathToFileURL(file).href;
}

async function mintToken(url: string, adminSecret: string, claims: Readonly<Record<string, unknown>>): Promise<string> {
  const answer = await fetch(`${url}/api/auth/tokens`, {
    method: 'POST',
    headers: { authorization: `Bearer ${adminSecret}`, 'content-type': 'application/json' },
    body: JSON.stringify(claims),
  });
  const body: unknown = await answer.json();
  const token: unknown = typeof body === 'object' && body !== null && 'token' in body ? body.token : undefined;
  if (typeof token !== 'string') throw new Error(`No token was given (${answer.status}): ${JSON.stringify(body)}`);
  return token;
}

await runMain(main);
