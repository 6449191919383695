import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tempFolder } from '../../../cli/temp.ts';
import { runVerify } from '../../../cli/verify/index.ts';
import { writeReceipts } from '../../../domain/ledger/index.ts';
import { archiveOf, checkpointOf, newLogKey, rowsOf, sealBook, smallBout } from '../../support/archive.ts';

const key = newLogKey();
const rows = rowsOf(sealBook(smallBout()));
const temp = tempFolder('fightjudge-receipts-');

async function verify(...files: readonly string[]): Promise<{ readonly status: number; readonly said: string }> {
  let said = '';
  const flags = files.flatMap((file) => ['--receipts', file]);
  const terminal = { print: (text: string) => (said += text), progress: { isTTY: false, write: () => true } };
  const status = await runVerify([join(temp.path, 'record'), '--key', key.text, ...flags], {}, terminal);
  return { status, said };
}

function saved(name: string, change: Partial<Parameters<typeof writeReceipts>[0]>): string {
  const file = join(temp.path, name);
  const receipts = [3, 8].map((index) => ({ index, hash: rows[index]?.hash ?? '' }));
  writeFileSync(file, writeReceipts({ boutId: 'bout_123', receipts, checkpoint: null, ...change }));
  return file;
}

describe('verify --receipts', () => {
  beforeAll(async () => {
    for (const [path, bytes] of (await archiveOf(rows, key)).files) {
      const file = join(temp.path, 'record', path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, bytes);
    }
  });
  afterAll(temp.remove);

  it('holds what devices have saved against the record', async () => {
    const first = saved('first', { checkpoint: await checkpointOf(rows.slice(0, 5), key) });
    const { status, said } = await verify(first, saved('second', {}));
    expect({ status, said }).toEqual({ status: 0, said: expect.stringContaining('Receipts that agree: 4') });
    const broken = await verify(saved('changed', { receipts: [{ index: 3, hash: rows[4]?.hash ?? '' }] }));
    expect(broken).toEqual({ status: 1, said: expect.stringContaining('a receipt for an entry that was another one') });
    const other = await checkpointOf(rows.slice(1, 5), key);
    expect((await verify(saved('forked', { checkpoint: other }))).status).toBe(1);
  });

  it('says so where a file is none, or of a bout that is not there', async () => {
    await expect(verify(saved('stray', { boutId: 'bout_9' }))).rejects.toThrow('is of bout bout_9');
    writeFileSync(join(temp.path, 'none'), '{}');
    await expect(verify(join(temp.path, 'none'))).rejects.toThrow('this is no file of receipts');
    await expect(verify(join(temp.path, 'nowhere'))).rejects.toThrow('--receipts: there is no file');
  });
});
