import { evictDurableObject, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';
import type { Actor } from '../../domain/ledger/index.ts';
import { ZERO_HASH } from '../../domain/ledger/index.ts';
import { type Migration, migrate } from '../../objects/migrate.ts';
import { CARD_MIGRATIONS } from '../../objects/card/index.ts';
import { type Platform, PLATFORM_MIGRATIONS, type TokenGrant } from '../../objects/platform/index.ts';
import { freshId } from './support.ts';

const by: Actor = { subject: 'admin', role: 'admin', seat: null, device: null };
const START = { entries: 0, head: ZERO_HASH };

function platform(): DurableObjectStub<Platform> {
  return env.PLATFORM.getByName(freshId('platform'));
}

function grant(over: Partial<TokenGrant> = {}): TokenGrant {
  const issuedS = Math.floor(Date.now() / 1000);
  return {
    tokenId: crypto.randomUUID(),
    subject: 'olga',
    role: 'operator',
    seat: null,
    device: null,
    boutId: null,
    cardId: null,
    corners: ['red'],
    aspects: null,
    issuedS,
    expiresS: issuedS + 900,
    ...over,
  };
}

describe('the deployment’s ledger', () => {
  it('records tokens, revocations, cards and bouts in one chain that verifies', async () => {
    const stub = platform();
    const token = grant();
    await stub.recordToken({ grant: token, by, eventId: null });
    await stub.recordCard({ cardId: 'c1', promotion: 'P', event: 'E', date: null, by });
    await stub.recordBout({ boutId: 'b1', cardId: 'c1', by });
    await stub.revoke({ tokenId: token.tokenId, reason: 'lost', by, eventId: null, expiresS: null });
    const verdict = await stub.verify();
    expect(verdict).toMatchObject({ valid: true, entries: 4, fault: null });
    expect(await stub.head()).toEqual({ entries: 4, head: verdict.head });
    await evictDurableObject(stub);
    expect(await stub.verify()).toEqual(verdict);
  });

  it('shows a change of any stored byte and a row taken out', async () => {
    const stub = platform();
    for (const boutId of ['b1', 'b2', 'b3']) await stub.recordBout({ boutId, cardId: null, by });
    const leaf = await runInDurableObject(
      stub,
      (_, state) => state.storage.sql.exec<{ leaf: string }>('SELECT leaf FROM entry WHERE idx = 1').one().leaf,
    );
    for (let at = 0; at < leaf.length; at += 1) {
      const changed = `${leaf.slice(0, at)}${leaf[at] === 'x' ? 'y' : 'x'}${leaf.slice(at + 1)}`;
      await runInDurableObject(stub, (_, state) =>
        state.storage.sql.exec('UPDATE entry SET leaf = ? WHERE idx = 1', changed).toArray(),
      );
      expect([`byte ${at}`, await stub.verify()]).toMatchObject([`byte ${at}`, { valid: false, fault: { index: 1 } }]);
    }
    await runInDurableObject(stub, (_, state) =>
      state.storage.sql.exec('UPDATE entry SET leaf = ? WHERE idx = 1', leaf).toArray(),
    );
    expect(await stub.verify()).toMatchObject({ valid: true });
    await runInDurableObject(stub, (_, state) => state.storage.sql.exec('DELETE FROM entry WHERE idx = 1').toArray());
    expect(await stub.verify()).toMatchObject({ valid: false, fault: { index: 1 } });
  });

  it('never holds a token, and a grant once however often it is recorded', async () => {
    const stub = platform();
    const token = grant();
    expect(await stub.recordToken({ grant: token, by, eventId: null })).toMatchObject({
      value: { isDuplicate: false },
    });
    const again = await Promise.all([1, 2, 3].map(() => stub.recordToken({ grant: token, by, eventId: null })));
    for (const outcome of again)
      expect(outcome).toMatchObject({ ok: true, value: { isDuplicate: true, answer: token } });
    expect(await stub.recordToken({ grant: { ...token, subject: 'otto' }, by, eventId: null })).toMatchObject({
      code: 'conflict',
    });
    expect((await stub.head()).entries).toBe(1);
  });

  it('gives a repeated minting its first grant, and refuses the event id for another', async () => {
    const stub = platform();
    const first = grant();
    const eventId = freshId('evt');
    await stub.recordToken({ grant: first, by, eventId });
    await evictDurableObject(stub);
    const again = await stub.recordToken({
      grant: grant({ issuedS: first.issuedS + 5, expiresS: first.expiresS + 5 }),
      by,
      eventId,
    });
    expect(again).toEqual({ ok: true, value: { answer: first, eventId, isDuplicate: true } });
    const refused = await stub.recordToken({ grant: grant({ role: 'supervisor' }), by, eventId });
    expect(refused).toMatchObject({ ok: false, code: 'conflict', errors: [{ field: 'event_id' }] });
    expect((await stub.head()).entries).toBe(1);
  });
});

describe('revocations', () => {
  it('are read on from where a reader stands, and again from the start in another ledger', async () => {
    const stub = platform();
    const [one, two] = [grant(), grant()];
    for (const token of [one, two]) await stub.recordToken({ grant: token, by, eventId: null });
    await stub.revoke({ tokenId: one.tokenId, reason: null, by, eventId: null, expiresS: null });
    const first = await stub.revoked(START);
    expect(first).toMatchObject({ whole: true, tokens: [{ tokenId: one.tokenId, expiresMs: one.expiresS * 1000 }] });
    await stub.revoke({ tokenId: two.tokenId, reason: null, by, eventId: null, expiresS: null });
    await evictDurableObject(stub);
    expect(await stub.revoked(first.readTo)).toMatchObject({ whole: false, tokens: [{ tokenId: two.tokenId }] });
    const restored = { entries: first.readTo.entries, head: ZERO_HASH };
    const anew = await stub.revoked(restored);
    expect(anew.whole).toBe(true);
    expect(anew.tokens).toHaveLength(2);
    expect((await stub.revoked({ entries: 99, head: first.readTo.head })).whole).toBe(true);
  });

  it('need a token that is known, or its expiry from whoever granted it; the second is a duplicate', async () => {
    const stub = platform();
    const unknown = { tokenId: 'nobody', reason: null, by, eventId: null };
    expect(await stub.revoke({ ...unknown, expiresS: null })).toMatchObject({ code: 'not_found' });
    const expiresS = Math.floor(Date.now() / 1000) + 60;
    const first = await stub.revoke({ ...unknown, expiresS });
    expect(first).toMatchObject({ ok: true, value: { isDuplicate: false } });
    const second = await stub.revoke({ ...unknown, expiresS });
    expect(second).toMatchObject({
      ok: true,
      value: { isDuplicate: true, eventId: first.ok ? first.value.eventId : '' },
    });
    expect((await stub.revoked(START)).tokens).toHaveLength(1);
  });

  it('of tokens that have expired anyway are not read', async () => {
    const stub = platform();
    await stub.revoke({ tokenId: 'old', reason: null, by, eventId: null, expiresS: 1_000 });
    expect((await stub.revoked(START)).tokens).toEqual([]);
  });
});

describe('the list of bouts', () => {
  it('is newest first, page by page, and knows each bout’s card', async () => {
    const stub = platform();
    for (const boutId of ['b1', 'b2', 'b3'])
      await stub.recordBout({ boutId, cardId: boutId === 'b2' ? 'c1' : null, by });
    const page = await stub.bouts({ limit: 2, beforeIndex: null });
    expect(page.map((bout) => bout.boutId)).toEqual(['b3', 'b2']);
    const rest = await stub.bouts({ limit: 2, beforeIndex: page.at(-1)?.recordedIndex ?? 0 });
    expect(rest.map((bout) => bout.boutId)).toEqual(['b1']);
    expect(await stub.findBout('b2')).toMatchObject({ cardId: 'c1' });
    expect(await stub.findBout('b9')).toBeNull();
  });

  it('takes a bout once, and never to another card', async () => {
    const stub = platform();
    expect(await stub.recordBout({ boutId: 'b1', cardId: 'c1', by })).toEqual({
      ok: true,
      value: { index: 0, isDuplicate: false },
    });
    expect(await stub.recordBout({ boutId: 'b1', cardId: 'c1', by })).toEqual({
      ok: true,
      value: { index: 0, isDuplicate: true },
    });
    expect(await stub.recordBout({ boutId: 'b1', cardId: null, by })).toMatchObject({ ok: false, code: 'conflict' });
    expect(await stub.recordCard({ cardId: 'c1', promotion: 'P', event: 'E', date: null, by })).toMatchObject({
      value: { index: 1 },
    });
    expect(await stub.recordCard({ cardId: 'c1', promotion: 'P', event: 'E', date: null, by })).toMatchObject({
      value: { isDuplicate: true },
    });
    expect((await stub.head()).entries).toBe(2);
  });
});

describe('migrations', () => {
  /** Drops everything, so that a schema can grow anew in a real object's storage. */
  function emptied(storage: DurableObjectStorage): void {
    const tables = storage.sql
      .exec<{ name: string }>(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\' AND name NOT LIKE 'sqlite%'",
      )
      .toArray();
    for (const { name } of tables) storage.sql.exec(`DROP TABLE "${name}"`);
  }

  function schemaOf(storage: DurableObjectStorage): readonly unknown[] {
    return storage.sql
      .exec("SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE '\\_cf%' ESCAPE '\\' ORDER BY type, name")
      .toArray();
  }

  for (const [title, migrations] of [
    ['platform', PLATFORM_MIGRATIONS],
    ['card', CARD_MIGRATIONS],
  ] as const) {
    it(`of the ${title} give the same schema from every earlier one`, async () => {
      await runInDurableObject(platform(), (_, { storage }) => {
        emptied(storage);
        migrate(storage, migrations);
        const whole = schemaOf(storage);
        expect(whole.length).toBeGreaterThan(migrations.length);
        for (let done = 0; done <= migrations.length; done += 1) {
          emptied(storage);
          migrate(storage, migrations.slice(0, done));
          migrate(storage, migrations);
          expect([`from ${done}`, schemaOf(storage)]).toEqual([`from ${done}`, whole]);
        }
      });
    });
  }

  it('that were edited, reordered or are unknown stop the start, and leave nothing half done', async () => {
    await runInDurableObject(platform(), (_, { storage }) => {
      emptied(storage);
      const one: Migration = { id: '1', sql: 'CREATE TABLE a (x INTEGER) STRICT' };
      const two: Migration = { id: '2', sql: 'CREATE TABLE b (x INTEGER) STRICT' };
      migrate(storage, [one, two]);
      const before = schemaOf(storage);
      expect(() => migrate(storage, [one, { ...two, sql: `${two.sql} ` }])).toThrow(/migration 1/);
      expect(() => migrate(storage, [two, one])).toThrow(/migration 0/);
      expect(() => migrate(storage, [one])).toThrow(/2 migrations/);
      expect(() => migrate(storage, [one, two, { id: '3', sql: 'CREATE TABLE c (x INTEGER); nonsense' }])).toThrow(
        /nonsense/,
      );
      expect(schemaOf(storage)).toEqual(before);
      migrate(storage, [one, two, { id: '3', sql: 'CREATE TABLE c (x INTEGER) STRICT' }]);
      expect(schemaOf(storage)).toHaveLength(before.length + 1);
    });
  });
});
