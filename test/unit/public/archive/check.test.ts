import { describe, expect, it } from 'vitest';
import type { Report } from '../../../../domain/archive/index.ts';
import { type Check, openCheck } from '../../../../public/archive/check/check.ts';
import type { Folder, Given } from '../../../../public/archive/check/folder.ts';
import type { Task } from '../../../../public/archive/check/protocol.ts';
import type { Verify } from '../../../../public/archive/check/remote.ts';
import { archiveWords } from '../../../../public/shared/strings/archive.ts';

const REPORT: Report = {
  verdict: 'proven',
  findings: [],
  facts: {
    boutId: 'bout_1',
    origin: null,
    size: null,
    root: null,
    signedBy: null,
    claimedIds: [],
    rotations: 0,
    entries: 0,
    kinds: {},
    sealedMs: null,
    reason: null,
    devices: [],
    signatures: { present: 0, verified: 0, unchecked: 0 },
    result: null,
    people: { named: 0, misnamed: 0, erased: 0 },
    compared: [],
    receipts: 0,
    checkpoints: 0,
    platformLog: null,
    timestamp: null,
  },
};

function folderOf(name: string): Folder {
  return { name, source: async () => null, list: async () => [] };
}

function given(...folders: readonly Folder[]): () => Promise<Given> {
  return async () => ({ folders, strays: [] });
}

/** A check whose verifier says what it was asked. */
function checking(verify: Verify = async () => REPORT): { readonly check: Check; readonly tasks: Task[] } {
  const tasks: Task[] = [];
  const check = openCheck({
    prepare: () => undefined,
    verify: async (folder, task, onProgress) => {
      tasks.push(task);
      return await verify(folder, task, onProgress);
    },
  });
  return { check, tasks };
}

describe('a check', () => {
  it('says of each folder in turn what was found, and by whose key', async () => {
    const { check, tasks } = checking();
    check.key.value = '  name+12345678+AA==  ';
    await check.start(given(folderOf('one'), folderOf('two')), null);
    expect(tasks.map(({ key }) => key)).toEqual(['name+12345678+AA==', 'name+12345678+AA==']);
    const run = check.run.value;
    expect(run?.state).toBe('done');
    expect(run?.checked.map(({ name, key }) => `${name} ${key}`)).toEqual(['one given', 'two given']);
  });

  it('does not pass off the server’s word on itself for a key that somebody gave', async () => {
    const { check } = checking();
    check.serverKey.value = 'server+12345678+AA==';
    check.key.value = 'server+12345678+AA==\n';
    await check.start(given(folderOf('one')), 'bout_1');
    expect(check.run.value?.checked[0]?.key).toBe('server');
    check.key.value = '';
    await check.start(given(folderOf('one')), 'bout_1');
    expect(check.run.value?.checked[0]?.key).toBe('none');
  });

  it('says that a folder could not be read, and goes on with the next', async () => {
    const { check } = checking(async ({ name }) => {
      if (name === 'lost') throw new Error('the disk is gone');
      return REPORT;
    });
    await check.start(given(folderOf('lost'), folderOf('here')), null);
    expect(check.run.value?.checked.map(({ outcome }) => outcome.ok)).toEqual([false, true]);
    expect(check.run.value?.checked[0]?.outcome).toEqual({ ok: false, why: 'the disk is gone' });
  });

  it('says why nothing that was given could be read', async () => {
    const { check } = checking();
    await check.start(async () => {
      throw new Error('no zip');
    }, null);
    expect(check.run.value).toMatchObject({ state: 'done', unread: 'no zip', checked: [] });
  });

  it('forgets what is still being checked when something else is given', async () => {
    const first = Promise.withResolvers<Report>();
    const { check } = checking(async ({ name }) => (name === 'first' ? await first.promise : REPORT));
    const running = check.start(given(folderOf('first'), folderOf('after')), null);
    await check.start(given(folderOf('second')), null);
    first.resolve(REPORT);
    await running;
    expect(check.run.value?.checked.map(({ name }) => name)).toEqual(['second']);
    expect(check.run.value?.state).toBe('done');
  });

  it('gives an earlier checkpoint its line end again, which copying loses', async () => {
    const { check, tasks } = checking();
    check.held.value = 'name/bout/b\r\n3\r\nAAA=\r\n\r\n— name AAAA';
    await check.start(given(folderOf('one')), null);
    expect(tasks[0]?.checkpoints).toEqual(['name/bout/b\n3\nAAA=\n\n— name AAAA\n']);
  });

  it('takes the same key from a person’s hands for theirs', async () => {
    const { check } = checking();
    check.serverKey.value = 'server+12345678+AA==';
    check.key.value = 'server+12345678+AA==';
    check.giveKey('server+12345678+AA==');
    await check.start(given(folderOf('one')), null);
    expect(check.run.value?.checked[0]?.key).toBe('given');
  });

  it('names what was given and is no record, beside what is one', async () => {
    const { check } = checking();
    await check.start(async () => ({ folders: [folderOf('one')], strays: ['card.pdf'] }), null);
    expect(check.run.value).toMatchObject({ state: 'done', strays: ['card.pdf'] });
    expect(check.run.value?.checked.length).toBe(1);
    expect(archiveWords.check.stray('card.PDF')).toBe('“card.PDF” is a PDF document, no record.');
    expect(archiveWords.check.stray('holiday')).toBe('“holiday” is no record.');
  });

  it('holds receipts against the record of their bout alone, with the checkpoint that came with them', async () => {
    const { check, tasks } = checking();
    const receipts = [{ index: 3, hash: 'ab'.repeat(32) }];
    check.receipts.value = { boutId: 'bout_1', receipts, checkpoint: 'a note\n' };
    const of = (boutId: string): Folder => ({
      ...folderOf(boutId),
      source: async () => new TextEncoder().encode(`name/bout/${boutId}\n3\n${'A'.repeat(43)}=\n\n— name AAAAAAAA\n`),
    });
    await check.start(given(of('bout_1'), of('bout_2'), folderOf('says not whose')), null);
    expect(tasks.map((task) => task.receipts.length)).toEqual([1, 0, 1]);
    expect(tasks.map((task) => task.checkpoints)).toEqual([['a note\n'], [], ['a note\n']]);
    expect(check.run.value?.checked.map(({ strangeReceipts }) => strangeReceipts)).toEqual([null, 'bout_1', null]);
  });
});
