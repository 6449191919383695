import { runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { type Report, verifyArchive } from '../../domain/archive/index.ts';
import { commitmentOf } from '../../domain/ledger/index.ts';
import { formatVerifierKey } from '../../domain/log/index.ts';
import { readLogKey } from '../../objects/log-key.ts';
import { platformOf } from '../../workers/auth/platform.ts';
import { secretHolder } from '../../workers/auth/secret.ts';
import { boutStub, change, type TestBout } from './bout/support.ts';
import type { Json } from './support.ts';

/** Brings a bout to its official result by a knockout. */
export async function finish(bout: TestBout): Promise<void> {
  const result = { method: 'KO', winner: 'red', round_id: 1, reason: 'he did not rise' };
  const proposed = await change(bout, 'finalize', result);
  const second = await bout.token({ role: 'supervisor', subject: 'second' });
  const confirmed = await change(bout, 'finalize', { confirm: true }, second);
  if (confirmed.status !== 200) throw new Error(`confirming answered ${proposed.text} ${confirmed.text}`);
}

/** Finishes a bout and seals its record. */
export async function sealed(bout: TestBout): Promise<void> {
  await finish(bout);
  const input = { declareMissing: true, reason: null, eventId: null };
  const outcome = await boutStub(bout.boutId).seal(secretHolder(Date.now()), input);
  if (!outcome.ok) throw new Error(outcome.detail);
}

/** Runs everything that the bout owes, whenever it is due. */
export async function settle(bout: TestBout): Promise<void> {
  const stub = boutStub(bout.boutId);
  await runInDurableObject(stub, (_instance, { storage }) => storage.sql.exec('UPDATE job SET due_ms = 1').toArray());
  await stub.settle();
}

/** Seals a bout and waits for its archive; the folder with its slash. */
export async function archived(bout: TestBout): Promise<string> {
  await sealed(bout);
  for (let round = 0; round < 10; round += 1) {
    const { objects } = await env.ARCHIVE.list({ prefix: 'archive/' });
    const last = objects.find(({ key }) => key.endsWith(`/${bout.boutId}/checkpoint`));
    if (last !== undefined && (await isArchived(bout))) return last.key.slice(0, -'checkpoint'.length);
    await settle(bout);
  }
  throw new Error('the bout was not archived');
}

/** Lets a bout pass for one that is archived: the files that an erasure looks at, without the sealing before them. */
export async function passAsArchived(bout: TestBout, somebody: string): Promise<string> {
  const stub = boutStub(bout.boutId);
  const people = await runInDurableObject(stub, (_instance, { storage: { sql } }) => {
    sql.exec('UPDATE record SET archived_ms = 1');
    return sql
      .exec<{ id: string; name: string; salt: string }>("SELECT * FROM person WHERE id <> 'claim' ORDER BY id")
      .toArray();
  });
  const here = await stub.erasePerson({ personId: somebody, alone: true, dryRun: true });
  if (!here.ok || !here.value.found) throw new Error(`${somebody} is not there`);
  const { prefix } = here.value;
  const lines = people.map((one) => JSON.stringify({ ...one, commitment: commitmentOf(one.salt, one.name) }));
  await env.ARCHIVE.put(`${prefix}metadata.json`, `{"people":[\n${lines.join(',\n')}\n],"entries":1}\n`);
  await env.ARCHIVE.put(`${prefix}checkpoint`, bout.boutId);
  return prefix;
}

/** With everything that comes after it, such as the proof from the log of checkpoints. */
async function isArchived(bout: TestBout): Promise<boolean> {
  return await runInDurableObject(boutStub(bout.boutId), (_instance, { storage: { sql } }) => {
    const { at } = sql.exec<{ at: number | null }>('SELECT archived_ms AS at FROM record').one();
    const owed = sql.exec("SELECT 1 FROM job WHERE id IN ('checkpoint', 'publish', 'archive')").toArray();
    return at !== null && owed.length === 0;
  });
}

/** What an outsider who holds the deployment's key finds in an archive. */
export async function verified(folder: string): Promise<Report> {
  const key = readLogKey(env);
  if (!key.ok) throw new Error(key.detail);
  const read = async (path: string): Promise<Uint8Array | null> => {
    const file = await env.ARCHIVE.get(`${folder}${path}`);
    return file === null ? null : new Uint8Array(await file.arrayBuffer());
  };
  return await verifyArchive(read, {
    key: formatVerifierKey(key.value.deployment),
    subtle: crypto.subtle,
    list: async () => [...(await filesOf(folder)).keys()].map((path) => path.slice(folder.length)),
  });
}

/** Etags of what lies under a prefix. */
export async function filesOf(prefix: string): Promise<ReadonlyMap<string, string>> {
  const { objects } = await env.ARCHIVE.list({ prefix });
  return new Map(objects.map(({ key, etag }) => [key, etag]));
}

export async function metadataOf(folder: string): Promise<Json> {
  const file = await env.ARCHIVE.get(`${folder}metadata.json`);
  if (file === null) throw new Error('there is no metadata.json');
  return await file.json<Json>();
}

/** Everything that lies under a prefix, as one text to look for a name in. */
export async function textsOf(prefix: string): Promise<string> {
  const { objects } = await env.ARCHIVE.list({ prefix });
  const texts = await Promise.all(
    objects.map(async ({ key }) => `${key}\n${await (await env.ARCHIVE.get(key))?.text()}`),
  );
  return texts.join('\n');
}

/** Payloads of the deployment's ledger that name the person; of one bout alone where it is given. */
export async function recorded(personId: string, boutId?: string): Promise<readonly Json[]> {
  return await runInDurableObject(platformOf(env), (_instance, state) =>
    state.storage.sql
      .exec<{ payload: string }>(
        "SELECT leaf -> '$.payload' AS payload FROM entry WHERE leaf ->> '$.payload.person_id' = ? ORDER BY idx",
        personId,
      )
      .toArray()
      .map(({ payload }): Json => JSON.parse(payload))
      .filter((payload) => boutId === undefined || payload['bout_id'] === boutId),
  );
}

/** Every text that the bout's object stores, to look for a name in. */
export async function stored(bout: TestBout): Promise<string> {
  return await runInDurableObject(boutStub(bout.boutId), (_instance, { storage: { sql } }) =>
    ['entry', 'person', 'fighter', 'photo', 'delivery', 'snapshot']
      .map((table) => JSON.stringify(sql.exec(`SELECT * FROM ${table}`).toArray()))
      .join('\n'),
  );
}
