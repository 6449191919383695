import { runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  der,
  INTEGER,
  OBJECT_IDENTIFIER,
  OCTET_STRING,
  readAll,
  SEQUENCE,
  SET,
} from '../../../domain/timestamp/der.ts';
import type { BoutContext } from '../../../objects/bout/context.ts';
import { createFanOut } from '../../../objects/bout/sockets/fan-out.ts';
import { openLedger } from '../../../objects/bout/ledger/ledger.ts';
import { timestamp } from '../../../objects/bout/record/index.ts';
import { createSocketTaps } from '../../../objects/bout/sockets/taps.ts';
import { boutStub } from '../bout/support.ts';
import type { Night } from '../judging/support.ts';
import { archived, decidedNight, files, prefixOf, rows, sealNow, verified } from './support.ts';

const TSA_URL = 'https://tsa.test/';

afterEach(() => {
  vi.restoreAllMocks();
});

/** The job, in an object of a deployment that has an authority. */
async function stamped(night: Night): Promise<void> {
  await runInDurableObject(boutStub(night.boutId), async (_bout, state) => {
    const context: BoutContext = {
      boutId: night.boutId,
      ctx: state,
      env: { ...env, TSA_URL },
      ledger: openLedger(state.storage),
      fanOut: createFanOut(),
      offsets: new Map(),
      socketTaps: createSocketTaps(),
    };
    await timestamp(context);
  });
}

const oid = (hex: string): Uint8Array => der(OBJECT_IDENTIFIER, Uint8Array.from(Buffer.from(hex, 'hex')));

/** What an authority answers to a request: a token without certificates, whose signature nobody can check here. */
function replyTo(request: Uint8Array, status = 0, of: (nonce: Uint8Array) => Uint8Array = (same) => same): Uint8Array {
  const outer = readAll(request);
  const inner = outer.ok ? readAll(outer.value[0]?.content ?? new Uint8Array()) : outer;
  if (!inner.ok) throw new Error(inner.detail);
  const [version, imprint, nonce] = inner.value;
  if (version === undefined || imprint === undefined || nonce === undefined) throw new Error('no request');
  const one = der(INTEGER, new Uint8Array([1]));
  const time = der(0x18, Buffer.from('20261121120000Z'));
  const info = der(
    SEQUENCE,
    one,
    oid('2a0304'),
    der(imprint.tag, imprint.content),
    one,
    time,
    der(INTEGER, of(nonce.content)),
  );
  const content = der(SEQUENCE, oid('2a864886f70d0109100104'), der(0xa0, der(OCTET_STRING, info)));
  const unknown = der(SEQUENCE, oid('2a0305'));
  const signer = der(SEQUENCE, one, der(SEQUENCE), unknown, der(0xa0), unknown, der(OCTET_STRING));
  const signed = der(SEQUENCE, der(INTEGER, new Uint8Array([3])), der(SET), content, der(SET, signer));
  const token = der(SEQUENCE, oid('2a864886f70d010702'), der(0xa0, signed));
  return der(SEQUENCE, der(SEQUENCE, der(INTEGER, new Uint8Array([status]))), ...(status === 0 ? [token] : []));
}

/** An authority in the place of the network. */
function authority(answer: (request: Uint8Array) => Uint8Array | number) {
  return vi.spyOn(globalThis, 'fetch').mockImplementation(async (url, init) => {
    expect(String(url)).toBe(TSA_URL);
    expect(new Headers(init?.headers).get('content-type')).toBe('application/timestamp-query');
    const said = answer(new Uint8Array(await new Response(init?.body).arrayBuffer()));
    return typeof said === 'number' ? new Response(null, { status: said }) : new Response(said);
  });
}

async function sealedNight(): Promise<Night> {
  const night = await decidedNight();
  await sealNow(night);
  await archived(night);
  return night;
}

describe('the time stamp of a sealed bout', () => {
  it('is put beside the checkpoint, once', async () => {
    const night = await sealedNight();
    const asked = authority((request) => replyTo(request));
    await stamped(night);
    const first = (await files(night)).get('checkpoint.tsr');
    expect(first?.length).toBeGreaterThan(50);
    await stamped(night);
    // As after a crash between the put and the note of it.
    await rows(night, 'UPDATE record SET has_timestamp = 0');
    await stamped(night);
    expect(asked).toHaveBeenCalledTimes(1);
    expect((await files(night)).get('checkpoint.tsr')).toEqual(first);
    const claimedMs = Date.UTC(2026, 10, 21, 12);
    expect((await verified(night)).facts.timestamp).toMatchObject({ claimedMs, signature: 'unchecked' });
    const object = await env.ARCHIVE.head(`${await prefixOf(night)}checkpoint.tsr`);
    expect(object?.httpMetadata?.contentType).toBe('application/timestamp-reply');
  });

  it('is not taken from an authority that refuses, fails or answers another request', async () => {
    const night = await sealedNight();
    const answers: readonly (readonly [string, Parameters<typeof authority>[0]])[] = [
      ['has not granted', (request) => replyTo(request, 2)],
      ['answers 503', () => 503],
      ['no time stamp', () => new Uint8Array([0x30, 0x00])],
      ['nonce', (request) => replyTo(request, 0, () => new Uint8Array([1]))],
    ];
    for (const [why, answer] of answers) {
      authority(answer);
      await expect(stamped(night)).rejects.toThrow(why);
      expect((await files(night)).has('checkpoint.tsr')).toBe(false);
      vi.restoreAllMocks();
    }
    authority((request) => replyTo(request));
    await stamped(night);
    expect((await files(night)).has('checkpoint.tsr')).toBe(true);
  });
});
