import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { planNight } from './night/bouts.ts';
import { checkWithOthers, verifyCopy } from './night/check.ts';
import { NIGHT_USAGE, type NightOptions, parseNightFlags } from './night/options.ts';
import { playNight } from './night/play.ts';
import { awaitArchive, awaitHit, type Reader, saveExports } from './night/record.ts';
import { openServer } from './night/server.ts';
import { runMain } from './project.ts';
import { createLink, createProgressDisplay, type Link, stampedId } from './simulator/index.ts';

/**
 * A whole night, from the first bell to a record that is proven from a copy on disk: plays, seals, waits for the
 * archive, finds each bout by a search, saves every export, and verifies the copies with nothing but the log's key.
 */
async function main(): Promise<void> {
  const options = parseNightFlags(process.argv.slice(2), process.env);
  if (options === null) {
    process.stdout.write(`${NIGHT_USAGE}\n`);
    return;
  }
  const server = await openServer(options);
  try {
    await runNight(options, server);
  } finally {
    await server.stop();
  }
}

type Server = Awaited<ReturnType<typeof openServer>>;

async function runNight(options: NightOptions, { url, adminSecret, key }: Server): Promise<void> {
  const display = createProgressDisplay(process.stderr);
  const say = (line: string): void => {
    display.done();
    process.stdout.write(`${line}\n`);
  };
  const stopped = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => stopped.abort(new Error(`ended by ${signal}`)));
  }
  const { source, bouts } = planNight(options.bouts);
  const cardId = stampedId('night', Date.now());
  say(`Playing ${bouts.length} bouts on card ${cardId}, from ${source}.`);
  const link = createLink({ baseUrl: url, signal: stopped.signal, log: display.note });
  const { speed } = options;
  const { show: onProgress, note: log } = display;
  const played = await playNight({ link, adminSecret, cardId, bouts, speed, onProgress, log });

  const token = await tokenOf(link, adminSecret);
  const reader: Reader = { url, token };
  rmSync(options.folder, { recursive: true, force: true });
  for (const { boutId, red, blue, actions } of played) {
    const files = await awaitArchive(reader, boutId);
    for (const name of [red, blue]) await awaitHit(reader, name, boutId);
    const sizes = await saveExports(reader, boutId, join(options.folder, 'exports'));
    const forms = Object.entries(sizes).map(([form, bytes]) => `${form} ${Math.ceil(bytes / 1024)} kB`);
    say(`${boutId}: ${red} v ${blue}, ${actions} actions, ${files} files archived, found by name; ${forms.join(', ')}`);
  }

  const archives = join(options.folder, 'archives');
  for (const { boutId } of played) {
    const verdict = await verifyCopy({ reader, boutId, archives, key });
    say(verdict);
  }
  writeFileSync(join(options.folder, 'log.vkey'), `${key}\n`);
  say(await checkWithOthers(archives, key));
  say(`The copies are in ${options.folder}; the log's key is in log.vkey there.`);
}

/** Somebody of the commission, who may see all of it. */
async function tokenOf(link: Link, adminSecret: string): Promise<string> {
  const body = JSON.stringify({ role: 'supervisor', subject: 'night-commission', ttl_s: 900 });
  const authorization = async (): Promise<string> => `Bearer ${adminSecret}`;
  const reply = await link.exchange({ method: 'POST', path: '/api/auth/tokens', body, authorization });
  const { token } = reply.body;
  if (typeof token !== 'string') throw new Error(`No token was given: HTTP ${reply.status}.`);
  return token;
}

await runMain(main);
