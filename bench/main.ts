import { buildIfStale } from '../cli/build.ts';
import { runMain } from '../cli/project.ts';
import { countVerdicts, type Line, machine, renderTable, type Table } from './report.ts';
import { benchBroadcast } from './sections/broadcast.ts';
import { benchGrowth } from './sections/growth.ts';
import { benchLog } from './sections/log.ts';
import { benchPages } from './sections/pages.ts';
import { benchRecord } from './sections/record.ts';
import { benchRows } from './sections/rows.ts';
import { benchSessions } from './sections/sessions.ts';
import { startServers } from './servers/index.ts';
import { type Bench, parseFlags, USAGE } from './settings.ts';

/** Every part of the bench, in the order in which it runs. */
const SECTIONS: Readonly<Record<string, (bench: Bench) => Promise<Table[]>>> = {
  log: benchLog,
  rows: benchRows,
  growth: benchGrowth,
  broadcast: benchBroadcast,
  sessions: benchSessions,
  record: benchRecord,
  pages: benchPages,
};

/**
 * Serves the built product and, beside it, a bare object of the same runtime, lets both do the same work in turns and
 * prints how they compare. Ratios only: milliseconds are the machine's, a ratio is the code's.
 */
async function main(): Promise<void> {
  const flags = parseFlags(process.argv.slice(2));
  if (flags === null) {
    process.stdout.write(`${USAGE}\n`);
    return;
  }
  const { only, effort } = flags;
  const chosen = Object.entries(SECTIONS).filter(([name]) => only === null || name === only);
  if (chosen.length === 0) throw new Error(`--only takes ${Object.keys(SECTIONS).join(', ')}, not "${only}".`);
  await buildIfStale();
  const start = performance.now();
  process.stdout.write(`${machine()}\nBoth figures of a line are of the round whose ratio is the median.\n\n`);
  const servers = await startServers();
  try {
    const lines: Line[] = [];
    for (const [, section] of chosen) {
      for (const table of await section({ servers, effort, progress })) {
        process.stdout.write(`${renderTable(table)}\n`);
        lines.push(...table.lines);
      }
    }
    const seconds = Math.round((performance.now() - start) / 1000);
    process.stdout.write(`${seconds} s. ${countVerdicts(lines)}\n`);
  } finally {
    await servers.stop();
  }
}

function progress(what: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${what} …\r`);
}

await runMain(main);
