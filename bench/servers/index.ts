import { join } from 'node:path';
import { PROJECT_ROOT } from '../../cli/project.ts';
import { generateLogKey } from '../../cli/secrets.ts';
import { tempFolder } from '../../cli/temp.ts';
import { type ServerProcess, startProcess } from './process.ts';

export const ADMIN_SECRET = 'bench-secret-0123456789';

/** Signs the checkpoints of this run's bouts. */
export const LOG_KEY = generateLogKey('bench.local');

export type Servers = {
  readonly product: ServerProcess;
  readonly bare: ServerProcess;
  readonly productData: string;
  /** Ends the product and starts it again on the same data: everything it had in memory is gone. */
  readonly restartProduct: () => Promise<ServerProcess>;
  readonly stop: () => Promise<void>;
};

/** Both servers at once, each on fresh data: they take turns at the work. */
export async function startServers(): Promise<Servers> {
  const folder = tempFolder('fightjudge-bench-');
  const productData = join(folder.path, 'product');
  const bareData = join(folder.path, 'bare');
  let product = await startProduct(productData);
  const bare = await startProcess({
    script: join(PROJECT_ROOT, 'bench', 'servers', 'bare.ts'),
    args: [bareData],
    dataDir: bareData,
  });
  return {
    get product() {
      return product;
    },
    bare,
    productData,
    restartProduct: async () => {
      await product.stop();
      product = await startProduct(productData);
      return product;
    },
    stop: async () => {
      await Promise.all([product.stop(), bare.stop()]);
      folder.remove();
    },
  };
}

async function startProduct(dataDir: string): Promise<ServerProcess> {
  return await startProcess({
    script: join(PROJECT_ROOT, 'cli', 'serve.ts'),
    args: ['--no-build', '--port', '0', '--persist-to', dataDir],
    dataDir,
    env: { ADMIN_SECRET, LOG_KEY },
  });
}
