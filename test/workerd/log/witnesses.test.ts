import { evictDurableObject } from 'cloudflare:test';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  bytesOfBase64,
  COSIGNATURE,
  cosign,
  ed25519,
  formatVerifierKey,
  type Hash,
  openCheckpoint,
  parseNote,
  signatureLine,
  type SignText,
  type VerifierKey,
  verifierKey,
  verifyConsistency,
} from '../../../domain/log/index.ts';
import { utf8Bytes } from '../../../domain/ledger/index.ts';
import { logOrigin } from '../../../objects/log-key.ts';
import {
  add,
  asConfigured,
  complaints,
  freshPlatform,
  keyOf,
  openLog,
  query,
  testKey,
  value,
  verify,
} from './support.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

/**
 * A witness as c2sp.org/tlog-witness asks for: it keeps the newest checkpoint that it cosigned, and cosigns only what
 * continues it.
 */
type Witness = {
  readonly url: string;
  readonly key: VerifierKey;
  /** What the last requests were answered with. */
  readonly answers: number[];
  seen: { size: number; root: Hash | null };
  /** What it says that the time is, in seconds. */
  clock: number;
  readonly answer: (body: string) => Promise<Response>;
};

async function makeWitness(name: string): Promise<Witness> {
  const pair = await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify']);
  if (!('privateKey' in pair)) throw new Error('no pair of keys');
  const raw = await crypto.subtle.exportKey('raw', pair.publicKey);
  if (!(raw instanceof ArrayBuffer)) throw new Error('no raw key');
  const sign: SignText = ed25519(crypto.subtle).signer(pair.privateKey);
  const key = verifierKey(name, new Uint8Array(raw), COSIGNATURE);
  const witness: Witness = {
    url: `https://${name}/prefix`,
    key,
    answers: [],
    seen: { size: 0, root: null },
    clock: 1_700_000_000,
    answer: async (body) => {
      const response = await judge(body);
      witness.answers.push(response.status);
      return response;
    },
  };
  async function judge(body: string): Promise<Response> {
    const split = body.indexOf('\n\n');
    const [oldLine = '', ...proof] = body.slice(0, split).split('\n');
    const note = body.slice(split + 2);
    const opened = await openCheckpoint(note, keyOf(logOrigin(testKey())), verify);
    if (!opened.ok) return new Response('', { status: 403 });
    const { size, root } = opened.value.checkpoint;
    const old = Number(oldLine.slice('old '.length));
    if (old > size) return new Response('', { status: 400 });
    if (old !== witness.seen.size) {
      const headers = { 'content-type': 'text/x.tlog.size' };
      return new Response(`${witness.seen.size}\n`, { status: 409, headers });
    }
    if (witness.seen.root !== null && old > 0) {
      const hashes = proof.map((line) => bytesOfBase64(line) ?? new Uint8Array());
      const claim = { from: BigInt(old), to: BigInt(size), fromRoot: witness.seen.root, toRoot: root, proof: hashes };
      if (old === size && !verifyConsistency(claim)) return new Response('', { status: 409 });
      if (!verifyConsistency(claim)) return new Response('', { status: 422 });
    } else if (proof.length > 0) return new Response('', { status: 422 });
    witness.seen = { size, root };
    const signature = await cosign(utf8Bytes(value(parseNote(note)).text), witness.clock, sign);
    return new Response(`${signatureLine(key, signature)}\n`);
  }
  return witness;
}

function configured(...witnesses: readonly Pick<Witness, 'url' | 'key'>[]): { readonly WITNESSES: string } {
  return { WITNESSES: JSON.stringify(witnesses.map(({ url, key }) => ({ url, key: formatVerifierKey(key) }))) };
}

/** Leads requests to these witnesses; one that is not there cannot be reached. */
function reachable(...witnesses: readonly Witness[]) {
  return vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    const witness = witnesses.find(({ url }) => input === `${url}/add-checkpoint`);
    if (witness === undefined || init?.method !== 'POST') throw new Error(`cannot reach ${String(input)}`);
    if (typeof init.body !== 'string') throw new Error('no text');
    return await witness.answer(init.body);
  });
}

/** Runs what is owed, again as long as it owes more that is due. */
async function settle(instance: { alarm: () => Promise<void> }, jobs: () => number): Promise<void> {
  for (let n = 0; n < 5 && jobs() > 0; n += 1) await instance.alarm();
}

type Platform = Awaited<ReturnType<typeof freshPlatform>>;

async function withWitnesses(
  platform: Platform,
  settings: { readonly WITNESSES: string },
  act: (instance: Parameters<Parameters<typeof asConfigured>[2]>[0], run: () => Promise<void>) => Promise<void>,
): Promise<void> {
  await asConfigured(platform, settings, async (instance, { storage }) => {
    const due = () => storage.sql.exec('SELECT 1 FROM job WHERE due_ms <= ?', Date.now()).toArray().length;
    await act(instance, async () => await settle(instance, due));
  });
}

describe('a witness', () => {
  it('cosigns each checkpoint that continues the last, and its line is served with it and in the proof', async () => {
    const platform = await freshPlatform();
    const [one, two] = [await makeWitness('one.example'), await makeWitness('two.example/w')];
    reachable(one, two);
    await withWitnesses(platform, configured(one, two), async (instance, run) => {
      for (const size of [3, 6, 9]) {
        await add(instance, 'b1', size);
        await run();
      }
      const opened = await openLog(instance.logCheckpoint(), testKey().deployment, [one.key, two.key]);
      expect(opened.signedBy.map(({ name }) => name).toSorted()).toEqual([
        'log.test/log',
        'one.example',
        'two.example/w',
      ]);
      expect(instance.proofOf('b1', 6)).toContain('— one.example ');
      expect((await instance.logHealth()).witnesses).toMatchObject([
        { name: 'one.example', size: 4, finding: null, cosignedMs: expect.any(Number) },
        { name: 'two.example/w', size: 4, finding: null },
      ]);
    });
    expect(one.answers).toEqual([200, 200, 200]);
    expect(await query(platform, 'SELECT * FROM job')).toEqual([]);
  });

  it('that has lost its state, or has seen more than we remember, says from where to go on', async () => {
    const platform = await freshPlatform();
    const witness = await makeWitness('one.example');
    reachable(witness);
    await withWitnesses(platform, configured(witness), async (instance, run) => {
      await add(instance, 'b1', 3);
      await run();
      witness.seen = { size: 0, root: null };
      await add(instance, 'b1', 6);
      await run();
    });
    await query(platform, 'DELETE FROM witness');
    await withWitnesses(platform, configured(witness), async (instance, run) => {
      await add(instance, 'b1', 9);
      await run();
      expect((await instance.logHealth()).witnesses).toMatchObject([{ size: 4, finding: null }]);
    });
    expect(witness.answers).toEqual([200, 409, 200, 409, 200]);
  });

  it('that is away or answers nonsense is asked again later, and nothing waits for it', async () => {
    const complained = complaints();
    const platform = await freshPlatform();
    const [good, away] = [await makeWitness('good.example'), await makeWitness('away.example')];
    const fetching = reachable(good);
    await withWitnesses(platform, configured(good, away), async (instance, run) => {
      expect((await add(instance, 'b1', 3)).proof).not.toBeNull();
      await run();
      expect(await openLog(instance.logCheckpoint(), testKey().deployment, [good.key])).toMatchObject({
        signedBy: [{ name: 'log.test/log' }, { name: 'good.example' }],
      });
      const { jobs, faults } = await instance.logHealth();
      expect([jobs.failing, faults]).toMatchObject([[{ job: 'witness:away.example', attempts: 1 }], []]);
    });
    for (const answer of [
      new Response('— away.example AAAAAAAAAAAA\n'),
      new Response('no lines'),
      new Response('x'.repeat(70_000)),
      new Response('', { status: 500 }),
      new Response('', { status: 302, headers: { location: 'https://elsewhere.example' } }),
      new Response('nonsense', { status: 409, headers: { 'content-type': 'text/x.tlog.size' } }),
      new Response(`${2n ** 64n}\n`, { status: 409, headers: { 'content-type': 'text/x.tlog.size' } }),
    ]) {
      fetching.mockImplementation(() => Promise.resolve(answer));
      await query(platform, 'UPDATE job SET due_ms = 1');
      await withWitnesses(platform, configured(good, away), async (instance) => {
        await instance.alarm();
        expect((await instance.logHealth()).witnesses[1]).toMatchObject({ size: 0, finding: null });
      });
      expect(await query(platform, 'SELECT id FROM job')).toEqual([{ id: 'witness:away.example' }]);
    }
    expect(complained.lines()).toContain('cannot reach https://away.example/prefix/add-checkpoint');
    vi.restoreAllMocks();
    reachable(good, away);
    await query(platform, 'UPDATE job SET due_ms = 1');
    await withWitnesses(platform, configured(good, away), async (_instance, run) => await run());
    expect(await query(platform, 'SELECT * FROM job')).toEqual([]);
  });

  it('that says we forked is heard: another root, no continuation, or more than there is', async () => {
    for (const [seen, words] of [
      [{ size: 2, root: new Uint8Array(32) }, 'another root at size 2'],
      [{ size: 1, root: new Uint8Array(32) }, 'does not continue'],
      [{ size: 90, root: new Uint8Array(32) }, 'beyond the log'],
    ] as const) {
      const complained = complaints();
      const platform = await freshPlatform();
      const witness = await makeWitness('one.example');
      witness.seen = { ...seen };
      reachable(witness);
      await withWitnesses(platform, configured(witness), async (instance, run) => {
        expect((await add(instance, 'b1', 3)).proof).not.toBeNull();
        await run();
        expect((await instance.logHealth()).witnesses).toMatchObject([{ finding: expect.stringContaining(words) }]);
        expect(complained.lines()).toContain(words);
        // It is asked about the next checkpoint; the log goes on.
        const asked = witness.answers.length;
        expect((await add(instance, 'b1', 6)).proof).not.toBeNull();
        await run();
        expect(witness.answers.length).toBeGreaterThanOrEqual(asked);
        expect((await instance.logHealth()).witnesses[0]?.finding).not.toBeNull();
      });
      expect(await query(platform, 'SELECT * FROM cosignature')).toEqual([]);
      expect(await query(platform, 'SELECT * FROM job')).toEqual([]);
      vi.restoreAllMocks();
    }
  });

  it('that spoke of a size far beyond the log is asked again, and believed once it cosigns', async () => {
    complaints();
    const platform = await freshPlatform();
    const witness = await makeWitness('one.example');
    witness.seen = { size: 9_000_000_000, root: new Uint8Array(32) };
    reachable(witness);
    await withWitnesses(platform, configured(witness), async (instance, run) => {
      await add(instance, 'b1', 3);
      await run();
      expect((await instance.logHealth()).witnesses).toMatchObject([{ finding: expect.stringContaining('beyond') }]);
      witness.seen = { size: 0, root: null };
      await add(instance, 'b1', 6);
      await run();
      expect((await instance.logHealth()).witnesses).toMatchObject([{ size: 3, finding: null }]);
    });
  });

  it('cannot take the room of the others by cosigning a hundred times', async () => {
    const platform = await freshPlatform();
    const [greedy, other] = [await makeWitness('greedy.example'), await makeWitness('other.example')];
    const { answer } = greedy;
    const many: Witness = {
      ...greedy,
      answer: async (body) => {
        const lines: string[] = [];
        for (let n = 0; n < 99; n += 1) {
          greedy.seen = { size: 0, root: null };
          greedy.clock += 1;
          lines.push(await (await answer(body)).text());
        }
        return new Response(lines.join(''));
      },
    };
    reachable(many, other);
    await withWitnesses(platform, configured(many, other), async (instance, run) => {
      await add(instance, 'b1', 3);
      await run();
      const names = value(parseNote(instance.logCheckpoint() ?? '')).signatures.map(({ name }) => name);
      expect(names.slice(1).toSorted()).toEqual(['greedy.example', 'other.example']);
    });
  });

  it('that was being asked when a newer checkpoint was published is asked about that too', async () => {
    const platform = await freshPlatform();
    const witness = await makeWitness('one.example');
    await withWitnesses(platform, configured(witness), async (instance, run) => {
      await add(instance, 'b1', 3);
      const fetching = vi.spyOn(globalThis, 'fetch').mockImplementationOnce(async (_input, init) => {
        const answer = await witness.answer(typeof init?.body === 'string' ? init.body : '');
        await add(instance, 'b1', 6);
        return answer;
      });
      await instance.alarm();
      fetching.mockRestore();
      reachable(witness);
      await run();
      expect((await instance.logHealth()).witnesses).toMatchObject([{ size: 3, finding: null }]);
    });
    expect(await query(platform, 'SELECT size FROM cosignature')).toEqual([{ size: 2 }, { size: 3 }]);
    expect(await query(platform, 'SELECT * FROM job')).toEqual([]);
  });

  it('that is configured anew is asked about the newest checkpoint when the object wakes', async () => {
    const platform = await freshPlatform();
    await add(platform, 'b1', 3);
    const witness = await makeWitness('one.example');
    reachable(witness);
    await evictDurableObject(platform);
    await withWitnesses(platform, configured(witness), async (instance, run) => {
      await run();
      expect(instance.logCheckpoint()).toContain('— one.example ');
    });
    // And one that is no longer configured is owed nothing.
    await query(platform, "INSERT INTO job (id, due_ms, attempts) VALUES ('witness:gone.example', 1, 3)");
    await withWitnesses(platform, { WITNESSES: '' }, async (instance) => await instance.alarm());
    expect(await query(platform, 'SELECT * FROM job')).toEqual([]);
  });

  it('is configured by its cosigning key, and a mistake there is told', async () => {
    const platform = await freshPlatform();
    const { key } = await makeWitness('one.example');
    const url = 'https://one.example';
    for (const WITNESSES of [
      'nonsense',
      '{}',
      '[1]',
      JSON.stringify([{ url, key: formatVerifierKey(testKey().deployment) }]),
      JSON.stringify([{ url: 'ftp://one.example', key: formatVerifierKey(key) }]),
      JSON.stringify([{ url, key: 'x' }]),
      configured({ url, key }, { url, key }).WITNESSES,
    ]) {
      await withWitnesses(platform, { WITNESSES }, async (instance) => {
        const { witnessProblem } = await instance.logHealth();
        expect([WITNESSES, witnessProblem]).toEqual([WITNESSES, expect.stringContaining('WITNESSES')]);
      });
    }
    expect((await add(platform, 'b1', 3)).proof).not.toBeNull();
  });
});
