import { verifierKeyOf } from '../log-key.ts';
import { serve } from '../serve.ts';
import { tempFolder } from '../temp.ts';
import type { NightOptions } from './options.ts';

export type NightServer = {
  readonly url: string;
  readonly adminSecret: string;
  /** The verifier's key of its log. */
  readonly key: string;
  readonly stop: () => Promise<void>;
};

/** The server that was named, or one of our own with data of its own. @throws Error where its log's key is not known */
export async function openServer({ server, key, build }: NightOptions): Promise<NightServer> {
  if (server !== null) {
    if (key === null) throw new Error('--key is needed: a record is proven by a key that does not come with it.');
    return { ...server, key, stop: async () => undefined };
  }
  const folder = tempFolder('fightjudge-night-');
  const served = await serve({ port: 0, persistTo: folder.path, build });
  return {
    url: served.url,
    adminSecret: served.secrets.adminSecret,
    key: key ?? verifierKeyOf(served.secrets.logKey),
    stop: async () => {
      await served.stop();
      folder.remove();
    },
  };
}
