import { parseServeFlags, SERVE_USAGE } from './flags.ts';
import { runMain } from './project.ts';
import { serve, stopOnSignal } from './serve.ts';
import { DEMO_CARD, runDemo } from './simulator/demo.ts';

const TOKEN_LIFE_S = 12 * 60 * 60;

/** How long the addresses wait for a bout; a demo in trouble says so itself. */
const FIRST_BOUT_LIMIT_MS = 15_000;

/** Tokens for the demo's card: one serves all of its bouts, however often the demo starts over. */
type Visitor = { readonly label: string; readonly path: string; readonly claims: Readonly<Record<string, unknown>> };

const VISITORS: readonly Visitor[] = [
  { label: '… as a supervisor', path: '/', claims: { role: 'supervisor', subject: 'demo-supervisor' } },
  {
    label: '… as an operator, red',
    path: '/',
    claims: { role: 'operator', subject: 'demo-operator-red', corners: ['red'] },
  },
  {
    label: '… as an operator, blue',
    path: '/',
    claims: { role: 'operator', subject: 'demo-operator-blue', corners: ['blue'] },
  },
  { label: '… as judge 1', path: '/', claims: { role: 'judge', subject: 'demo-judge-1', judge_id: 'JUDGE1' } },
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
    process.stdout.write(await addresses(served.url, served.secrets.adminSecret, boutId));
  });
  await Promise.all([playing, showing, served.lost]);
}

/** The table of pages to open, with a token ready in the fragment: that part never reaches a server's log. */
async function addresses(url: string, adminSecret: string, boutId: string | null): Promise<string> {
  const base = url.replace('127.0.0.1', 'localhost');
  const bout = boutId === null ? '' : `?bout=${encodeURIComponent(boutId)}`;
  const rows = [
    ['API reference', `${base}/api/docs`],
    ['The bout, live', `${base}/`],
  ];
  for (const { label, path, claims } of VISITORS) {
    const token = await mintToken(url, adminSecret, { ...claims, card_id: DEMO_CARD, ttl_s: TOKEN_LIFE_S });
    rows.push([label, `${base}${path}${bout}#token=${token}`]);
  }
  const width = Math.max(...rows.map(([label = '']) => label.length));
  const lines = rows.map(([label = '', address = '']) => `  ${label.padEnd(width)}  ${address}\n`);
  return `\nA demo bout is being played. Open:\n${lines.join('')}\nThe tokens last 12 hours. Ctrl-C stops everything.\n`;
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
