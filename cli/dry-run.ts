import { deployDryRun } from './build.ts';
import { runMain } from './project.ts';

await runMain(async () => {
  const { raw, gzip } = await deployDryRun();
  process.stdout.write(`Worker bundle: ${raw}, gzip ${gzip}\n`);
});
