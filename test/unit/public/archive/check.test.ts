import { describe, expect, it } from 'vitest';
import type { Report } from '../../../../domain/archive/index.ts';
import { type Check, openCheck } from '../../../../public/archive/check/check.ts';
import type { Folder } from '../../../../public/archive/check/folder.ts';
import type { Task } from '../../../../public/archive/check/protocol.ts';
import type { Verify } from '../../../../public/archive/check/remote.ts';

const REPORT: Report = {
  verdict: 'proven',
  findings: [],
  facts: {
    boutId: 'bout_1',
    origin: null,
    size: null,
    root: null,
    signedBy: null,
    rotations: 0,
    entries: 0,
    kinds: {},
    sealedMs: null,
    reason: null,
    devices: [],
    signatures: { present: 0, verified: 0, unchecked: 0 },
    result: null,
    people: { named: 0, erased: 0 },
    compared: [],
    receipts: 0,
    checkpoints: 0,
    platformLog: null,
    timestamp: false,
  },
};

function folderOf(name: string): Folder {
  return { name, source: async () => null, list: async () => [] };
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
    await check.start(async () => [folderOf('one'), folderOf('two')], null);
    expect(tasks.map(({ key }) => key)).toEqual(['name+12345678+AA==', 'name+12345678+AA==']);
    const run = check.run.value;
    expect(run?.state).toBe('done');
    expect(run?.checked.map(({ name, key }) => `${name} ${key}`)).toEqual(['one given', 'two given']);
  });

  it('does not pass off the server’s word on itself for a key that somebody gave', async () => {
    const { check } = checking();
    check.serverKey.value = 'server+12345678+AA==';
    check.key.value = 'server+12345678+AA==\n';
    await check.start(async () => [folderOf('one')], 'bout_1');
    expect(check.run.value?.checked[0]?.key).toBe('server');
    check.key.value = '';
    await check.start(async () => [folderOf('one')], 'bout_1');
    expect(check.run.value?.checked[0]?.key).toBe('none');
  });

  it('says that a folder could not be read, and goes on with the next', async () => {
    const { check } = checking(async ({ name }) => {
      if (name === 'lost') throw new Error('the disk is gone');
      return REPORT;
    });
    await check.start(async () => [folderOf('lost'), folderOf('here')], null);
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
    const running = check.start(async () => [folderOf('first'), folderOf('after')], null);
    await check.start(async () => [folderOf('second')], null);
    first.resolve(REPORT);
    await running;
    expect(check.run.value?.checked.map(({ name }) => name)).toEqual(['second']);
    expect(check.run.value?.state).toBe('done');
  });

  it('gives an earlier checkpoint its line end again, which copying loses', async () => {
    const { check, tasks } = checking();
    check.held.value = 'name/bout/b\r\n3\r\nAAA=\r\n\r\n— name AAAA';
    await check.start(async () => [folderOf('one')], null);
    expect(tasks[0]?.checkpoints).toEqual(['name/bout/b\n3\nAAA=\n\n— name AAAA\n']);
  });
});
