import { evictDurableObject, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';
import { readLogBody } from '../../../domain/wire/log-body.ts';
import { createFanOut } from '../../../objects/bout/sockets/fan-out.ts';
import { findByEventId, type Ledger, openLedger, openPending } from '../../../objects/bout/ledger/ledger.ts';
import { logBatch } from '../../../objects/bout/actions/logging.ts';
import { createSocketTaps } from '../../../objects/bout/sockets/taps.ts';
import { secretHolder } from '../../../workers/auth/secret.ts';
import { freshId, type Json } from '../support.ts';
import { action, boutStub, length, log, newBout, type TestBout, verify } from './support.ts';

/** Between snapshots, as long as they fit. */
const EVERY = 256;

const ROOMY = 1_500_000;

/** No fold is as short. */
const CRAMPED = 10;

type Stored = { readonly snapshot: number; readonly runs: readonly number[] };

/** Up to where the snapshot goes, and where its runs of keys begin. */
function stored({ sql }: DurableObjectStorage): Stored {
  const [row] = sql.exec<{ next: number }>('SELECT next FROM snapshot').toArray();
  const runs = sql.exec<{ first: number }>('SELECT first FROM key_run ORDER BY first').toArray();
  return { snapshot: row?.next ?? 0, runs: runs.map(({ first }) => first) };
}

/** Logs as many actions as bring the ledger to `entries`; answers what was sent. */
function fill(bout: TestBout, ctx: DurableObjectState, ledger: Ledger, entries: number): readonly Json[] {
  const context = {
    boutId: bout.boutId,
    ctx,
    env,
    ledger,
    fanOut: createFanOut(),
    offsets: new Map(),
    socketTaps: createSocketTaps(),
  };
  const sent = Array.from({ length: entries - (ledger.state?.next ?? 0) }, () =>
    action(bout.boutId, { event_id: freshId('e') }),
  );
  const caller = { ...secretHolder(0), role: 'supervisor', subject: 'sue' } as const;
  const outcome = logBatch(
    context,
    caller,
    sent.map((body) => readLogBody(body)),
  );
  expect(outcome.ok).toBe(true);
  expect(ledger.state?.next).toBe(entries);
  return sent;
}

function known(storage: DurableObjectStorage, sent: readonly Json[]): number {
  const pending = openPending(openLedger(storage));
  return sent.filter((body) => findByEventId(pending, String(body['event_id'])) !== null).length;
}

/** A bout of two snapshots, between which there was one that did not fit; and what was sent to it. */
async function outgrown(): Promise<{ readonly bout: TestBout; readonly sent: readonly Json[] }> {
  const bout = await newBout();
  // Joins the supervisor, so that from here on an action is an entry.
  await log(bout);
  const sent: Json[] = [];
  await runInDurableObject(boutStub(bout.boutId), (_instance, ctx) => {
    const limits = { maxSnapshot: ROOMY };
    const ledger = openLedger(ctx.storage, limits);
    const upTo = (entries: number): void => void sent.push(...fill(bout, ctx, ledger, entries));
    const cold = (): number => known(ctx.storage, sent);

    upTo(EVERY);
    expect(stored(ctx.storage)).toEqual({ snapshot: EVERY, runs: [0] });

    limits.maxSnapshot = CRAMPED;
    upTo(EVERY * 2);
    upTo(EVERY * 2 + 10);
    expect(stored(ctx.storage)).toEqual({ snapshot: EVERY, runs: [0] });
    expect(cold()).toBe(sent.length);

    // Asked again when the tail has doubled, and not before.
    limits.maxSnapshot = ROOMY;
    upTo(EVERY * 3 - 1);
    expect(stored(ctx.storage)).toEqual({ snapshot: EVERY, runs: [0] });
    upTo(EVERY * 3);
    expect(stored(ctx.storage)).toEqual({ snapshot: EVERY * 3, runs: [0, EVERY] });
    upTo(EVERY * 3 + 5);
    expect(cold()).toBe(sent.length);
    // Read back, the snapshot was found to agree with its runs.
    expect(stored(ctx.storage)).toEqual({ snapshot: EVERY * 3, runs: [0, EVERY] });
  });
  // The object's own ledger knows nothing of what was written beside it.
  await evictDurableObject(boutStub(bout.boutId));
  return { bout, sent };
}

describe('a bout whose fold did not fit into a snapshot for a while', () => {
  it('goes on without one, and knows every id again after a cold start', async () => {
    const { bout, sent } = await outgrown();
    const entries = EVERY * 3 + 5;
    const places = [0, 1, EVERY - 4, EVERY - 3, EVERY, EVERY * 2 - 4, EVERY * 2 + 8, EVERY * 3 - 4, sent.length - 1];
    for (const at of places) {
      expect([at, await log(bout, sent[at])]).toMatchObject([at, { status: 409, json: { is_duplicate: true } }]);
    }
    expect(await length(bout)).toBe(entries);
    expect(await verify(bout)).toMatchObject({ chain_valid: true, verified_entries: entries });
    expect(await log(bout)).toMatchObject({ status: 200, json: { sequence_index: entries } });
  });

  it('folds everything anew where a run of keys does not begin at the end of the one before', async () => {
    const { bout, sent } = await outgrown();
    await runInDurableObject(boutStub(bout.boutId), (_instance, { storage }) => {
      // The last run still ends where the snapshot does; what lies before it is missing.
      storage.sql.exec('DELETE FROM key_run WHERE first = 0');
      expect(known(storage, sent)).toBe(sent.length);
      expect(stored(storage)).toEqual({ snapshot: 0, runs: [] });
    });
  });
});
