import { type HttpClient, openHttp } from '../load/http.ts';
import { timeEach } from '../load/run.ts';
import { expectSuccess } from '../load/success.ts';
import { fillBout, leavesOf, makeBout, mintToken, tell } from '../product.ts';
import { type Budget, columnsOf, type Line, ms, type Table } from '../report.ts';
import type { Bench } from '../settings.ts';
import { compare, quantile, spreadOf } from '../stats.ts';

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
    note: `The median time of \`/api/live\`, over that at 100 entries. ${effort.rounds * 2} rounds of ${effort.samples / 2} requests a line.`,
    lines: overFirst('live', grown, medians, all, { size: 10_000, budget: { atMost: 1.1 } }),
  };
}

const BUDGET: Readonly<Record<'verify' | 'replay', { readonly size: number; readonly budget: Budget }>> = {
  verify: { size: 10_000, budget: { atMost: 3 } },
  replay: { size: 1_000, budget: { atMost: 3 } },
};

/** Requests of a round; the larger the bout, the fewer. */
const FEWEST = 2;
const MOST = 20;

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
    const theirs = async (): Promise<void> =>
      expectSuccess(
        'The bare object',
        what === 'verify'
          ? await bare.ask('POST', `/${boutId}/hash`, '', fingerprint)
          : await bare.ask('GET', `/${boutId}/serialise`, ''),
      );
    const count = Math.max(FEWEST, Math.min(MOST, Math.round(20_000 / size)));
    await timeEach(count, ours);
    await timeEach(count, theirs);
    const { medians, all } = await inTurns(effort.rounds * 2, count, [ours, theirs]);
    const [product50 = [], bare50 = []] = medians;
    const budget = BUDGET[what];
    const columns = columnsOf(compare(product50, bare50), ms);
    lines.push({
      what: `${what} at ${size.toLocaleString('en')} entries`,
      ...columns,
      product: withP99(columns.product, all[0] ?? []),
      budget: budget.size === size ? budget.budget : null,
    });
  }
  product.close();
  bare.close();
  return {
    title: what === 'verify' ? 'Verify, as a bout grows' : 'Replay, as a round grows',
    note: `The median time over the bare object’s for ${AGAINST[what]}. ${effort.rounds * 2} rounds of ${FEWEST} to ${MOST} requests a line.`,
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
    note: `The time of the first answer after a restart, over that at 100 entries. Each has about a hundred entries since its last snapshot. ${effort.restarts} restarts.`,
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
    const columns =
      i === 0 ? { product: ms(spreadOf(own).median), against: '', ratio: null } : columnsOf(compare(own, first), ms);
    return {
      what: `${what} at ${size.toLocaleString('en')} entries`,
      ...columns,
      product: withP99(columns.product, all[i] ?? []),
      budget: size === budget.size ? budget.budget : null,
    };
  });
}

function withP99(p50: string, all: readonly number[]): string {
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
  expectSuccess(path, await client.ask('GET', path, token));
}
