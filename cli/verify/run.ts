import { join } from 'node:path';
import { type Report, verifyArchive } from '../../domain/archive/index.ts';
import { remoteAt, saving } from './address.ts';
import { isAddress, parseVerifyFlags, VERIFY_USAGE, type VerifyFlags } from './flags.ts';
import { type Place, placesIn } from './places.ts';
import { boutOf, checkAllUsed, filesFor } from './receipts.ts';
import { progressOn, reportsJson, reportText, statusOf, worstOf } from './show.ts';

/** What the command writes to: stdout, and for progress a terminal's stderr. */
export type Terminal = {
  readonly print: (text: string) => void;
  readonly progress: Parameters<typeof progressOn>[0];
};

/**
 * Verifies each record of a place and says so.
 * @returns the exit status: the worst verdict's
 * @throws Error with one line where it cannot: a flag is wrong, something cannot be read
 */
export async function runVerify(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  terminal: Terminal,
): Promise<number> {
  const flags = parseVerifyFlags(args, env);
  if (flags === null) {
    terminal.print(`${VERIFY_USAGE}\n`);
    return 0;
  }
  const reports: { readonly name: string; readonly report: Report }[] = [];
  const places = await placesOf(flags);
  if (places.length > 1 && flags.receipts.length + flags.checkpoints.length > 0) {
    throw new Error('--receipt and --checkpoint are of one bout, and here are several: verify that one alone.');
  }
  if (flags.held.length > 0) {
    const bouts = await Promise.all(places.map(async ({ source }) => await boutOf(source)));
    checkAllUsed(flags.held, bouts);
  }
  for (const place of places) {
    const report = await verify(place, flags, progressOn(terminal.progress));
    reports.push({ name: place.name, report });
    if (!flags.json) terminal.print(`${reportText(place.name, report)}\n`);
  }
  if (flags.json) terminal.print(`${reportsJson(reports)}\n`);
  return statusOf(worstOf(reports.map(({ report }) => report.verdict)));
}

type Asked = Place & { readonly boutId?: string | null };

async function placesOf({ place, token, saveTo }: VerifyFlags): Promise<readonly Asked[]> {
  if (!isAddress(place)) return await placesIn(place);
  const remote = remoteAt(place, token);
  // Everything would be missing: that is a wrong address rather than a record that lacks something.
  if ((await remote.source('checkpoint')) === null) throw new Error(`There is no bout's record at ${place}.`);
  const source = saveTo === null ? remote.source : saving(remote.source, join(saveTo, remote.name));
  return [{ ...remote, source }];
}

async function verify(
  { name, source, list, boutId }: Asked,
  flags: VerifyFlags,
  progress: ReturnType<typeof progressOn>,
): Promise<Report> {
  const held = flags.held.length === 0 ? [] : filesFor(flags.held, await boutOf(source));
  try {
    return await verifyArchive(source, {
      key: flags.key,
      boutId: boutId ?? undefined,
      receipts: [...flags.receipts, ...held.flatMap(({ receipts }) => receipts)],
      checkpoints: [...flags.checkpoints, ...held.flatMap(({ checkpoint }) => checkpoint ?? [])],
      rotations: flags.rotations,
      witnesses: flags.witnesses,
      subtle: crypto.subtle,
      list: list ?? undefined,
      onProgress: (step, done, of) => progress.show(name, step, done, of),
    });
  } finally {
    progress.clear();
  }
}
