import type { Credential } from '../../shared/device/credential.ts';
import { isBag } from '../../shared/wire/decode.ts';
import { fetchOwn } from '../../shared/wire/fetch-own.ts';
import { refusalIn } from '../file.ts';
import type { Folder } from './folder.ts';

/** A bout's archive where it lies on this server, as far as it is released to whoever looks. */
export function ownRecord(credential: Credential, boutId: string): Folder {
  const base = `/api/archive/${encodeURIComponent(boutId)}`;
  return {
    name: boutId,
    source: async (path) => {
      const response = await fetchOwn(credential, `${base}/${path}`);
      if (response.status === 404) return null;
      // Anything else is no word on the file: a record must not seem broken because a network is.
      if (!response.ok) throw new Error(await refusalIn(response));
      return new Uint8Array(await response.arrayBuffer());
    },
    list: async () => {
      const response = await fetchOwn(credential, base);
      if (!response.ok) throw new Error(await refusalIn(response));
      const body: unknown = await response.json();
      if (!isBag(body) || !Array.isArray(body.files)) throw new Error('the server did not list the files');
      return body.files.flatMap((file: unknown) => (isBag(file) && typeof file.path === 'string' ? [file.path] : []));
    },
  };
}
