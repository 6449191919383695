import { type HttpClient, openHttp } from '../load/http.ts';
import { timeEach } from '../load/run.ts';
import { fillBout, leavesOf, makeBout, mintToken, tell } from '../product.ts';
import { type Budget, type Line, ms, type Table } from '../report.ts';
import type { Bench } from '../settings.ts';
import { quantile, ratios, type Spread, spreadOf } from '../stats.ts';

/** Bouts of a size and, in the bare object, the same leaves. */
type Grown = { readonly size: number; readonly boutId: string };

/** What costs more as a bout goes on, and what must not. */
export async function benchGrowth(bench: Bench): Promise<Table[]> {
  const { servers, effort, progress } = bench;
  const grown: Grown[] = [];
  for (const size of effort.sizes) {
    progress(`a bout of ${size} entries`);
    const boutId = `grown-${size}`;
    await makeBout(servers.product.url, boutId);
    await fillBout(servers.product.url, boutId, size);
    const leaves = leavesOf(servers.productData, boutId);
    if (leaves.length !== size) throw new Error(`${boutId} has ${leaves.length} entries.`);
    for (let at = 0; at < size; at += 500) await tell(servers.bare.url, `/${boutId}/fill`, leaves.slice(at, at + 500));
    grown.push({ size, boutId });
  }
  const verify = await benchAgainstBare(bench, grown, 'verify');
  const replay = await benchAgainstBare(bench, grown, 'replay');
  // Not before: live counts the actions of the last five seconds, and just now those are thousands.
  const live = await benchLive(bench, grown);
  return [live, verify, replay, await benchColdStart(bench, grown)];
}

/** Takes turns, so that a slow moment falls on all; gives per round and size the median time, in ms. */
async function inTurns(
  rounds: number,
  count: number,
  sends: readonly (() => Promise<unknown>)[],
): Promise<{ readonly medians: number[][]; readonly all: number[][] }> {
  const medians: number[][] = sends.map(() => []);
  const all: number[][] = sends.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [i, send] of sends.entries()) {
      const took = (await timeEach(count, send)).toSorted((a, b) => a - b);
      medians[i]?.push(quantile(took, 0.5));
      all[i]?.push(...took);
    }
  }
  return { medians, all };
}

async function benchLive({ servers, effort, progress }: Bench, grown: readonly Grown[]): Promise<Table> {
  progress('live');
  const client = await openHttp(servers.product.url);
  const sends = grown.map(
    ({ boutId }) =>
      () =>
        read(client, `/api/live/${boutId}`, ''),
  );
  for (const send of sends) await timeEach(20, send);
  const { medians, all } = await inTurns(effort.rounds * 2, effort.samples / 2, sends);
  client.close();
  return {
    title: 'Live, as a bout grows',
    note: 'The median time of `/api/live`, over that at 100 entries.',
    lines: overFirst('live', grown, medians, all, { size: 10_000, budget: { atMost: 1.1 } }),
  };
}

const BUDGET: Readonly<Record<'verify' | 'replay', { readonly size: number; readonly budget: Budget }>> = {
  verify: { size: 10_000, budget: { atMost: 3 } },
  replay: { size: 1_000, budget: { atMost: 3 } },
};

const AGAINST = {
  verify: 'hashing its leaves and as many fingerprints',
  replay: 'reading, parsing and writing out its entries',
} as const;

async function benchAgainstBare(bench: Bench, grown: readonly Grown[], what: 'verify' | 'replay'): Promise<Table> {
  const { servers, effort, progress } = bench;
  const token = await mintToken(servers.product.url, { role: 'supervisor', subject: 'reader' });
  const product = await openHttp(servers.product.url);
  const bare = await openHttp(servers.bare.url);
  const lines: Line[] = [];
  for (const { size, boutId } of grown) {
    progress(`${what} at ${size} entries`);
    const path = what === 'verify' ? `/api/events/v2/verify/${boutId}/1` : `/api/replay/${boutId}/1`;
    const ours = (): Promise<unknown> => read(product, path, token);
    const fingerprint = `${boutId}|1|filler|fighter1|Jab|1234567890120|device-01234567-0123-0123-0123-0123456789ab`;
    const theirs = (): Promise<unknown> =>
      what === 'verify'
        ? bare.ask('POST', `/${boutId}/hash`, '', fingerprint)
        : bare.ask('GET', `/${boutId}/serialise`, '');
    const count = Math.max(2, Math.min(20, Math.round(20_000 / size)));
    await timeEach(count, ours);
    await timeEach(count, theirs);
    const { medians, all } = await inTurns(effort.rounds * 2, count, [ours, theirs]);
    const [product50 = [], bare50 = []] = medians;
    const budget = BUDGET[what];
    lines.push({
      what: `${what} at ${size.toLocaleString('en')} entries`,
      product: withP99(product50, all[0] ?? []),
      against: ms(spreadOf(bare50).median),
      ratio: spreadOf(ratios(product50, bare50)),
      budget: budget.size === size ? budget.budget : null,
    });
  }
  product.close();
  bare.close();
  return {
    title: what === 'verify' ? 'Verify, as a bout grows' : 'Replay, as a round grows',
    note: `The median time over the bare object’s for ${AGAINST[what]}.`,
    lines,
  };
}

/** The first answer of a bout after the server has been started anew: the object is built from its rows. */
async function benchColdStart({ servers, effort, progress }: Bench, grown: readonly Grown[]): Promise<Table> {
  const warm = 'warm-up';
  await makeBout(servers.product.url, warm);
  const took: number[][] = grown.map(() => []);
  for (let restart = 0; restart < effort.restarts; restart += 1) {
    progress(`cold start ${restart + 1} of ${effort.restarts}`);
    const { url } = await servers.restartProduct();
    const client = await openHttp(url);
    // The worker itself is warm: what is measured is the bout.
    for (let i = 0; i < 50; i += 1) await read(client, `/api/live/${warm}`, '');
    // Forwards and backwards: whoever comes first pays for the others.
    const order = [...grown.entries()];
    for (const [i, { boutId }] of restart % 2 === 0 ? order : order.toReversed()) {
      took[i]?.push(...(await timeEach(1, () => read(client, `/api/live/${boutId}`, ''))));
    }
    client.close();
  }
  return {
    title: 'Cold start, as a bout grows',
    note: 'The time of the first answer after a restart, over that at 100 entries. Each has about a hundred entries since its last snapshot.',
    lines: overFirst('cold start', grown, took, took, { size: 10_000, budget: { atMost: 1.5 } }),
  };
}

function overFirst(
  what: string,
  grown: readonly Grown[],
  medians: readonly (readonly number[])[],
  all: readonly (readonly number[])[],
  budget: { readonly size: number; readonly budget: Budget },
): Line[] {
  const first = medians[0] ?? [];
  return grown.map(({ size }, i) => {
    const own = medians[i] ?? [];
    const ratio: Spread | null = i === 0 ? null : spreadOf(ratios(own, first));
    return {
      what: `${what} at ${size.toLocaleString('en')} entries`,
      product: withP99(own, all[i] ?? []),
      against: i === 0 ? '' : ms(spreadOf(first).median),
      ratio,
      budget: size === budget.size ? budget.budget : null,
    };
  });
}

function withP99(medians: readonly number[], all: readonly number[]): string {
  const p50 = ms(spreadOf(medians).median);
  return all.length < 100
    ? p50
    : `${p50} (p99 ${ms(
        quantile(
          all.toSorted((a, b) => a - b),
          0.99,
        ),
      )})`;
}

async function read(client: HttpClient, path: string, token: string): Promise<void> {
  const { status, body } = await client.ask('GET', path, token);
  if (status !== 200) throw new Error(`${path} answered ${status}: ${body.toString('utf8', 0, 300)}`);
}
