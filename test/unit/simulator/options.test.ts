import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parseSimulateFlags } from '../../../cli/simulator/options.ts';

const folder = mkdtempSync(join(tmpdir(), 'simulate-flags-'));
const surroundings = { env: { ADMIN_SECRET: 'from-env' }, projectRoot: folder };
const URL_FLAG = ['--url', 'http://127.0.0.1:8787'];

afterAll(() => rmSync(folder, { recursive: true }));

describe('flags of simulate', () => {
  test('have defaults', () => {
    expect(parseSimulateFlags(URL_FLAG, surroundings)).toEqual({
      url: 'http://127.0.0.1:8787',
      adminSecret: 'from-env',
      boutId: null,
      speed: 1,
      seed: 1,
      roundsFile: null,
      once: false,
      patienceMs: 300_000,
    });
    expect(parseSimulateFlags(['--help'], surroundings)).toBeNull();
  });

  test('are read; a named bout is played once', () => {
    const flags = [
      ...URL_FLAG,
      '--bout',
      'b.1',
      '--speed',
      '20',
      '--seed',
      '7',
      '--rounds',
      'r.json',
      '--patience',
      '5',
    ];
    expect(parseSimulateFlags(flags, surroundings)).toMatchObject({
      boutId: 'b.1',
      speed: 20,
      seed: 7,
      roundsFile: 'r.json',
      once: true,
      patienceMs: 5000,
    });
  });

  test('take the secret from the flag, then the environment, then .dev.vars', () => {
    const bare = { env: {}, projectRoot: folder };
    expect(() => parseSimulateFlags(URL_FLAG, bare)).toThrow('No admin secret');
    writeFileSync(join(folder, '.dev.vars'), "ADMIN_SECRET='from-file'\n");
    expect(parseSimulateFlags(URL_FLAG, bare)?.adminSecret).toBe('from-file');
    expect(parseSimulateFlags(URL_FLAG, surroundings)?.adminSecret).toBe('from-env');
    expect(parseSimulateFlags([...URL_FLAG, '--admin-secret', 'flag'], surroundings)?.adminSecret).toBe('flag');
  });

  test.each([
    [[], '--url is needed'],
    [['--url', 'nonsense'], '--url needs'],
    [['--url', 'ftp://host'], '--url needs'],
    [[...URL_FLAG, '--speed', '0.5'], '--speed needs'],
    [[...URL_FLAG, '--speed', 'fast'], '--speed needs'],
    [[...URL_FLAG, '--seed', '1.5'], '--seed needs'],
    [[...URL_FLAG, '--seed', ''], '--seed needs'],
    [[...URL_FLAG, '--bout', 'a/b'], '--bout needs'],
    [[...URL_FLAG, '--patience', '0'], '--patience needs'],
    [[...URL_FLAG, '--quick'], '--quick'],
  ])('%j is refused by name', (flags, fault) => {
    expect(() => parseSimulateFlags(flags, surroundings)).toThrow(fault);
  });
});
