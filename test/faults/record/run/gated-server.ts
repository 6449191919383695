import { PROJECT_ROOT, runMain } from '../../../../cli/project.ts';
import { parseServeFlags } from '../../../../cli/flags.ts';
import { loadSecrets, secretVars } from '../../../../cli/secrets.ts';
import { stopOnSignal } from '../../../../cli/serve.ts';
import { releaseFolder, takeFolder } from '../../../../cli/server/lock.ts';
import { startRuntime } from '../../../../cli/server/runtime.ts';
import { ENTRY } from './entry.ts';

/** As `cli/serve.ts`, with the gate in front of the bundle. `FAULTS_GATE` is the gate's address. */
async function main(): Promise<void> {
  const flags = parseServeFlags(process.argv.slice(2));
  const { FAULTS_GATE: gate } = process.env;
  if (flags === null || gate === undefined) throw new Error('The gated server needs flags and FAULTS_GATE.');
  const { port, persistTo: dataDir } = flags;
  takeFolder(dataDir);
  const { others, ...secrets } = loadSecrets({ env: process.env, projectRoot: PROJECT_ROOT, dataDir });
  const vars = { ...others, ...secretVars(secrets), GATE: gate };
  const runtime = await startRuntime({ port, dataDir, vars, entry: ENTRY });
  stopOnSignal(async () => {
    await runtime.stop();
    releaseFolder(dataDir);
  });
  process.stdout.write(`FightJudge is ready at ${runtime.url}\n`);
  await runtime.lost;
}

await runMain(main);
