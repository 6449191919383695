import { env } from 'cloudflare:workers';
import { unzipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Report, verifyArchive } from '../../../domain/archive/index.ts';
import { hexOf, formatVerifierKey } from '../../../domain/log/index.ts';
import { sha256Bytes } from '../../../domain/ledger/index.ts';
import { readLogKey } from '../../../objects/log-key.ts';
import type { Platform } from '../../../objects/platform/index.ts';
import { platformOf } from '../../../workers/auth/platform.ts';
import type { Env } from '../../../workers/env.ts';
import type { Route } from '../../../workers/route.ts';
import { exportRoutes } from '../../../workers/routes/exports.ts';
import { recordRoutes } from '../../../workers/routes/record.ts';
import { archiveSchema } from '../../../workers/schemas/record.ts';
import type { Night } from '../judging/support.ts';
import { asConfigured, complaints, rotate, type Rotated, testKey, value } from '../log/support.ts';
import { archived, decidedNight, files, sealNow } from './support.ts';

let night: Night;
let rotated: Rotated;

/** What the edge reaches of the platform, as it is after the rotation. */
function platformAfter(): Pick<DurableObjectNamespace<Platform>, 'getByName'> {
  const stub = platformOf(env);
  const after = new Proxy(stub, {
    get: (target, name) => {
      if (name === 'logKeys') return async () => await asConfigured(stub, rotated, async (one) => one.logKeys());
      if (name === 'proofOf') {
        return async (bout: string, size: number) =>
          await asConfigured(stub, rotated, async (one) => one.proofOf(bout, size));
      }
      const member: unknown = Reflect.get(target, name);
      return member;
    },
  });
  return { getByName: () => after };
}

function withPlatform(getByName: Env['PLATFORM']['getByName']): Env {
  const PLATFORM = new Proxy(env.PLATFORM, {
    get: (target, name): unknown => (name === 'getByName' ? getByName : Reflect.get(target, name)),
  });
  return { ...env, PLATFORM };
}

const afterRotation = (): Env => withPlatform(platformAfter().getByName);

const platformAway = (): Env =>
  withPlatform(() => {
    throw new Error('the platform is away');
  });

async function serve(bindings: Env, routes: readonly Route[], path: string, params: object): Promise<Response> {
  const route = routes.find((one) => one.path === path);
  if (route === undefined) throw new Error(`no ${path}`);
  return await route.serve({
    env: bindings,
    request: new Request('https://fightjudge.test/'),
    caller: {
      subject: 'ada',
      role: 'admin',
      seat: null,
      device: null,
      boutId: null,
      cardId: null,
      corners: null,
      aspects: null,
      tokenId: 't',
      expiresMs: Number.MAX_SAFE_INTEGER,
    },
    params: () => ({ bout_id: night.boutId, ...params }),
    query: () => ({}),
    waitUntil: () => undefined,
  });
}

async function fileOf(bindings: Env, path: string): Promise<Uint8Array | null> {
  const answer = await serve(bindings, recordRoutes, '/api/archive/{bout_id}/{path}', { path });
  const bytes = new Uint8Array(await answer.arrayBuffer());
  expect([200, 404]).toContain(answer.status);
  return answer.status === 404 ? null : bytes;
}

async function listed(bindings: Env) {
  const answer = await serve(bindings, recordRoutes, '/api/archive/{bout_id}', {});
  return archiveSchema.parse(await answer.json()).files;
}

async function unzipped(bindings: Env): Promise<ReadonlyMap<string, Uint8Array>> {
  const answer = await serve(bindings, exportRoutes, '/api/exports/{bout_id}/zip', {});
  const zip = unzipSync(new Uint8Array(await answer.arrayBuffer()));
  const folder = `${night.boutId.replaceAll(':', '-')}/`;
  return new Map(Object.entries(zip).map(([name, bytes]) => [name.slice(folder.length), bytes]));
}

async function checked(source: (path: string) => Promise<Uint8Array | null>, key: string): Promise<Report> {
  return await verifyArchive(source, { key, boutId: night.boutId, subtle: crypto.subtle });
}

const codes = ({ findings }: Report) => findings.map(({ code }) => code);
const oldKey = (): string => formatVerifierKey(testKey().deployment);
const newKey = (): string => formatVerifierKey(value(readLogKey(rotated)).deployment);

beforeAll(async () => {
  night = await decidedNight();
  await sealNow(night);
  await archived(night);
  rotated = await rotate();
  await asConfigured(platformOf(env), rotated, async (instance) => await instance.alarm());
});

describe('a record of before the log’s key was replaced', () => {
  it('is proven to who holds the new key, and to who holds the old one, by what the server hands over', async () => {
    const before = await files(night);
    const bindings = afterRotation();
    const fetched = async (path: string) => await fileOf(bindings, path);
    const present = await checked(fetched, newKey());
    expect([present.verdict, codes(present)]).toEqual(['proven', ['vouched_by_log']]);
    const old = await checked(fetched, oldKey());
    expect([old.verdict, codes(old), old.facts.signedBy]).toEqual(['proven', [], oldKey()]);
    expect(old.facts.platformLog).not.toBeNull();
    // What is stored is of the day of the seal, and stays.
    expect(await files(night)).toEqual(before);
    const stored = await checked(async (path) => before.get(path) ?? null, newKey());
    expect([stored.verdict, codes(stored)]).toEqual(['broken', ['signed_by_other']]);
  });

  it('is the same in the zip', async () => {
    const zip = await unzipped(afterRotation());
    const source = async (path: string) => zip.get(path) ?? null;
    expect((await checked(source, newKey())).verdict).toBe('proven');
    expect((await checked(source, oldKey())).verdict).toBe('proven');
    expect([...zip.keys()].toSorted()).toEqual([...(await files(night)).keys(), 'rotations'].toSorted());
  });

  it('is listed as it is handed over', async () => {
    const bindings = afterRotation();
    const list = await listed(bindings);
    expect(list.map(({ path }) => path)).toEqual([...(await files(night)).keys(), 'rotations'].toSorted());
    for (const { path, size, sha256 } of list) {
      const bytes = (await fileOf(bindings, path)) ?? new Uint8Array();
      expect([path, size, sha256]).toEqual([path, bytes.length, hexOf(sha256Bytes(bytes))]);
    }
  });

  it('is handed over as it is stored while the platform is away', async () => {
    const complained = complaints();
    const bindings = platformAway();
    const stored = await files(night);
    expect(await fileOf(bindings, 'log.tlog-proof')).toEqual(stored.get('log.tlog-proof'));
    expect(await fileOf(bindings, 'rotations')).toBeNull();
    expect((await listed(bindings)).map(({ path }) => path)).toEqual([...stored.keys()]);
    expect([...(await unzipped(bindings)).keys()]).toEqual([...stored.keys()]);
    expect(complained.lines()).toContain('the platform is away');
  });
});
