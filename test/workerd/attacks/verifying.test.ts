import { runInDurableObject } from 'cloudflare:test';
import { describe, expect, it, vi } from 'vitest';
import { openLedger } from '../../../objects/bout/ledger/ledger.ts';
import { insertEntry, readEntry } from '../../../objects/bout/ledger/store.ts';
import { verdictFor } from '../../../objects/bout/reads/verdicts.ts';
import { boutStub, log, newBout, type TestBout, verify } from '../bout/support.ts';
import { call } from '../support.ts';

const PUBLIC = { key: 'public', role: null, seat: null } as const;
const ANALYST = { key: 'analyst', role: 'analyst', seat: null } as const;

async function asked(bout: TestBout): Promise<unknown> {
  return (await call('GET', `/api/events/v2/verify/${bout.boutId}/1`)).json;
}

describe('verification without a token', () => {
  it('follows what is written, and answers as it does with one', async () => {
    const bout = await newBout();
    for (let i = 0; i < 3; i += 1) {
      expect((await log(bout)).status).toBe(200);
      expect(await asked(bout)).toEqual(await verify(bout));
    }
    const final = await call('GET', `/api/final/${bout.boutId}`);
    expect(final.json).toMatchObject({ full_event_log_hash_chain_valid: true });
  });

  it('reads each byte once, however often it is asked for, and finds a changed one in time', async () => {
    const bout = await newBout();
    for (let i = 0; i < 3; i += 1) await log(bout);
    await runInDurableObject(boutStub(bout.boutId), (_instance, state) => {
      const opened = openLedger(state.storage);
      const last = (opened.state?.next ?? 0) - 1;
      const reads = vi.spyOn(state.storage.sql, 'exec');
      const find = (view: Parameters<typeof verdictFor>[3]) => verdictFor(bout.boutId, opened, last, view);
      expect(find(PUBLIC)).toEqual(find(ANALYST));
      const scans = () => reads.mock.calls.filter(([query]) => query.includes('BETWEEN')).length;
      const before = scans();
      for (let i = 0; i < 20; i += 1) expect(find(PUBLIC)).toMatchObject({ valid: true, entries: last + 1 });
      expect(scans()).toBe(before);
      const row = readEntry(state.storage.sql, 2);
      if (row === null) throw new Error('entry 2 is missing');
      state.storage.sql.exec('DELETE FROM entry WHERE idx = 2');
      insertEntry(state.storage.sql, { ...row, leaf: row.leaf.replace('"v":1', '"v":2') });
      vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 1_000);
      expect(find(PUBLIC)).toMatchObject({ valid: false, fault: { index: 2 } });
      expect(find(ANALYST)).toMatchObject({ valid: false, fault: { index: 2 } });
      vi.restoreAllMocks();
    });
  });
});
