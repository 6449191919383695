import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A server as somebody with a token reads it. */
export type Reader = { readonly url: string; readonly token: string };

/** The forms in which a bout is handed over, with the ending that each file gets. */
export const FORMS = {
  json: 'json',
  csv: 'csv',
  pdf: 'pdf',
  otio: 'otio',
  edl: 'edl',
  sportscode: 'xml',
  zip: 'zip',
} as const;

const PATIENCE_MS = 60_000;
const AGAIN_MS = 200;

/** Waits until the archive of a sealed bout is complete. Gives the number of its files. */
export async function awaitArchive(reader: Reader, boutId: string): Promise<number> {
  const path = `/api/archive/${boutId}`;
  const found = await eventually(`the archive of ${boutId}`, async () => {
    const response = await get(reader, path);
    const body = response.ok ? bagOf(await response.json()) : {};
    return typeof body['archived_ms'] === 'number' ? body : null;
  });
  const { files } = found;
  return Array.isArray(files) ? files.length : 0;
}

/** Waits until a search for a fighter's name finds the bout as an archived one. */
export async function awaitHit(reader: Reader, name: string, boutId: string): Promise<void> {
  const path = `/api/search?simulated=true&fighter=${encodeURIComponent(name)}`;
  await eventually(`${boutId} in a search for ${name}`, async () => {
    const response = await get(reader, path);
    const { hits } = response.ok ? bagOf(await response.json()) : {};
    const found = Array.isArray(hits) && hits.some((hit) => bagOf(hit)['bout_id'] === boutId && bagOf(hit)['archived']);
    return found ? true : null;
  });
}

/** Writes every form of a bout into the folder. Gives their sizes in bytes. @throws Error where one is refused */
export async function saveExports(reader: Reader, boutId: string, folder: string): Promise<Record<string, number>> {
  mkdirSync(folder, { recursive: true });
  const sizes: Record<string, number> = {};
  for (const [form, ending] of Object.entries(FORMS)) {
    const response = await get(reader, `/api/exports/${boutId}/${form}`);
    if (!response.ok) throw new Error(`The ${form} of ${boutId}: ${response.status} ${await response.text()}`);
    const bytes = new Uint8Array(await response.arrayBuffer());
    writeFileSync(join(folder, `${boutId}.${ending}`), bytes);
    sizes[form] = bytes.length;
  }
  return sizes;
}

async function get({ url, token }: Reader, path: string): Promise<Response> {
  return await fetch(url + path, { headers: { authorization: `Bearer ${token}` } });
}

/** What nothing tells of is asked for again until it is there. */
async function eventually<T>(what: string, look: () => Promise<T | null>): Promise<T> {
  const giveUpMs = performance.now() + PATIENCE_MS;
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    if (performance.now() > giveUpMs) throw new Error(`After ${PATIENCE_MS / 1000} s there is not yet ${what}.`);
    await sleep(AGAIN_MS);
  }
}

function bagOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
