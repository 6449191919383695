import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verifierKeyOf } from '../../../cli/log-key.ts';
import { nextLogKey } from '../../../cli/log-rotation.ts';
import { generateLogKey } from '../../../cli/secrets.ts';
import { keepToLog } from '../../../cli/server/log-mark.ts';
import { tempFolder, type TempFolder } from '../../../cli/temp.ts';

describe('a folder of records', () => {
  let folder: TempFolder;
  beforeEach(() => {
    folder = tempFolder('fightjudge-mark-');
  });
  afterEach(() => folder.remove());

  const marked = (): string => readFileSync(join(folder.path, 'log.vkey'), 'utf8').trim();

  it('keeps the key of its first start, and takes it again', async () => {
    const key = generateLogKey('log.test');
    await keepToLog(folder.path, key, null);
    await keepToLog(folder.path, key, null);
    expect(marked()).toBe(verifierKeyOf(key));
  });

  it('refuses another key, names both, and keeps its own', async () => {
    const [key, other] = [generateLogKey('log.test'), generateLogKey('log.test')];
    await keepToLog(folder.path, key, null);
    const refused = keepToLog(folder.path, other, '["nonsense"]');
    await expect(refused).rejects.toThrow(verifierKeyOf(key));
    await expect(keepToLog(folder.path, other, null)).rejects.toThrow(verifierKeyOf(other));
    await expect(keepToLog(folder.path, other, 'no json')).rejects.toThrow('rotate-log-key');
    expect(marked()).toBe(verifierKeyOf(key));
  });

  it('goes with rotations, also over two at once, and not back', async () => {
    const first = generateLogKey('log.test');
    const second = await nextLogKey({ logKey: first, rotations: null }, generateLogKey);
    const third = await nextLogKey(second, generateLogKey);
    await keepToLog(folder.path, first, null);
    await keepToLog(folder.path, third.logKey, third.rotations);
    expect(marked()).toBe(verifierKeyOf(third.logKey));
    await expect(keepToLog(folder.path, first, third.rotations)).rejects.toThrow('give the right LOG_KEY');
  });
});
