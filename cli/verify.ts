import { printable, runVerify } from './verify/index.ts';

/** A status of its own: that nothing could be verified says nothing about a record. */
const UNREADABLE = 2;

try {
  process.exitCode = await runVerify(process.argv.slice(2), process.env, {
    print: (text) => void process.stdout.write(text),
    progress: process.stderr,
  });
} catch (error) {
  process.stderr.write(`FightJudge: ${printable(error instanceof Error ? error.message : String(error))}\n`);
  process.exitCode = UNREADABLE;
}
