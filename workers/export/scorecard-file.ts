import { scorecardModel } from '../../domain/export/index.ts';
import { sha256 } from '../../domain/ledger/index.ts';
import { ok, type Outcome, refuse } from '../../domain/refusal.ts';
import { type ArchivePlace, exportKey, readArchived, readPeople } from '../archive/read-archived.ts';
import type { Env } from '../env.ts';
import type { FontFiles } from './pdf/faces.ts';
import { RENDERER_VERSION } from './pdf/version.ts';

/**
 * The scorecard as PDF, from the store where it lies or else made and put there. Its key holds the size of the log, the
 * layout's version and a hash of the names and the address: with another name, above all one that was erased since, it
 * is another document. Storing it is not waited for; a crash before it leaves it to be made again.
 */
export async function scorecardFile(
  env: Env,
  place: ArchivePlace,
  address: string,
  waitUntil: (work: Promise<unknown>) => void,
): Promise<Outcome<ArrayBuffer | Uint8Array>> {
  const people = await readPeople(env, place);
  if (!people.ok) return people;
  const names = people.value.map(({ id, name }) => [id, name]);
  const hash = sha256(JSON.stringify([address, names])).slice(0, 32);
  const key = exportKey(place, `scorecard-${place.entries}-${RENDERER_VERSION}-${hash}.pdf`);
  const kept = await env.ARCHIVE.get(key);
  if (kept !== null) return ok(await kept.arrayBuffer());
  const [bout, fonts] = await Promise.all([readArchived(env, place), readFonts(env)]);
  if (!bout.ok) return bout;
  if (!fonts.ok) return fonts;
  // The renderer is a megabyte that no other request needs.
  const { renderScorecard } = await import('./pdf/scorecard.ts');
  const bytes = await renderScorecard(scorecardModel(bout.value), fonts.value, address);
  // Names erased in between are in the key and no longer in the bytes: those are not kept.
  if (sameNames(bout.value.people, people.value)) waitUntil(keep(env, place, { key, bytes, people: people.value }));
  return ok(bytes);
}

/**
 * An erasure that has cleared the exports while this one was being made would leave it behind, under a key that nobody
 * asks for any more. So the names are read once more after it is put; a crash before that leaves it to the next cleaning.
 */
async function keep(
  env: Env,
  place: ArchivePlace,
  { key, bytes, people }: { readonly key: string; readonly bytes: Uint8Array; readonly people: Names },
): Promise<void> {
  await env.ARCHIVE.put(key, bytes, { httpMetadata: { contentType: 'application/pdf' } });
  const now = await readPeople(env, place);
  if (!now.ok || !sameNames(now.value, people)) await env.ARCHIVE.delete(key);
}

type Names = readonly { readonly id: string; readonly name: string | null }[];

function sameNames(one: Names, other: Names): boolean {
  return (
    one.length === other.length && one.every(({ id, name }, at) => other[at]?.id === id && other[at].name === name)
  );
}

async function readFonts(env: Env): Promise<Outcome<FontFiles>> {
  const [sans, bold, mono] = await Promise.all(
    ['DejaVuSans', 'DejaVuSans-Bold', 'DejaVuSansMono'].map(async (face) => {
      // The host is not looked at: the binding serves the deployment's own files.
      const answer = await env.ASSETS.fetch(`https://assets.invalid/fonts/${face}.ttf`);
      return answer.ok ? await answer.arrayBuffer() : null;
    }),
  );
  return sans == null || bold == null || mono == null
    ? refuse('unavailable', 'The fonts of printed documents are not deployed with the pages.')
    : ok({ sans, bold, mono });
}
