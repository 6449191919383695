import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ArchiveSource } from '../../domain/archive/index.ts';
import type { Place } from './places.ts';

const LIMIT_MS = 60_000;

export type Remote = Place & {
  /** The bout that the address names; null where it names none. */
  readonly boutId: string | null;
};

/**
 * A record on a server, `https://HOST/api/archive/BOUT_ID`. A file that the server does not have is one that is missing;
 * anything else that it answers is an error.
 */
export function remoteAt(address: string, token: string | null): Remote {
  const url = new URL(address);
  url.pathname = url.pathname.replace(/\/+$/, '');
  const last = url.pathname.split('/').at(-1) ?? '';
  const boutId = last === '' ? null : decodeURIComponent(last);
  const headers: Record<string, string> = token === null ? {} : { authorization: `Bearer ${token}` };
  return {
    // Also the folder that it is kept in: an encoded slash must not lead out of where it was told to.
    name: boutId?.replaceAll(/[^A-Za-z0-9_.:-]/g, '-') ?? url.host,
    boutId,
    list: null,
    source: async (path) => {
      const file = new URL(url);
      file.pathname = `${url.pathname}/${path}`;
      const answer = await fetchFile(file, headers);
      // A portal or a page that stands in for what is not there says nothing about a record, which has no pages.
      if (answer.ok && (answer.headers.get('content-type') ?? '').startsWith('text/html'))
        throw new Error(`${file.href} answered with a web page, not with a file of a record`);
      if (answer.ok) return new Uint8Array(await answer.arrayBuffer());
      const said = await answer.text();
      if (answer.status === 404) return null;
      throw new Error(`${file.href} answered ${answer.status}${detailOf(said)}`);
    },
  };
}

async function fetchFile(url: URL, headers: Readonly<Record<string, string>>): Promise<Response> {
  try {
    return await fetch(url, { headers, signal: AbortSignal.timeout(LIMIT_MS) });
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    throw new Error(`${url.href} cannot be reached: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause: error,
    });
  }
}

/** What a problem document says. */
function detailOf(text: string): string {
  try {
    const problem: unknown = JSON.parse(text);
    const detail = typeof problem === 'object' && problem !== null && 'detail' in problem ? problem.detail : null;
    return typeof detail === 'string' ? `: ${detail}` : '';
  } catch {
    return '';
  }
}

/** The same source, which keeps what it fetches in a folder. */
export function saving(source: ArchiveSource, folder: string): ArchiveSource {
  return async (path) => {
    const bytes = await source(path);
    if (bytes === null) return null;
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
    return bytes;
  };
}
