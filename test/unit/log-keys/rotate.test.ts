import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { planRotation, replaceVars, rotateLogKey } from '../../../cli/rotate-log-key.ts';
import { generateLogKey, loadSecrets, secretVars, type SecretPlaces } from '../../../cli/secrets.ts';
import { ed25519, followRotations, formatVerifierKey } from '../../../domain/log/index.ts';
import { type LogKey, readLogKey } from '../../../objects/log-key.ts';

const { verify } = ed25519(crypto.subtle);

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'log-keys-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function places(env: SecretPlaces['env'] = {}): SecretPlaces {
  return { env, projectRoot: folder, dataDir: join(folder, 'data') };
}

/** The key that a server started with these places signs with. */
function served(at: SecretPlaces): LogKey {
  const read = readLogKey(secretVars(loadSecrets(at)));
  if (!read.ok) throw new Error(read.detail);
  return read.value;
}

async function reaches(from: LogKey, to: LogKey): Promise<boolean> {
  const reached = await followRotations(from.deployment, to.rotations, verify);
  return reached.ok && reached.value.some((key) => formatVerifierKey(key) === formatVerifierKey(to.deployment));
}

const PLACES: readonly (readonly [place: string, env: SecretPlaces['env']])[] = [
  ['.dev.vars', {}],
  ['data folder', { ADMIN_SECRET: 'a'.repeat(32) }],
];

describe.each(PLACES)('a rotation of a key in the %s', (place, env) => {
  it('is what the next start signs with, and leads there from every key before', async () => {
    const at = places(env);
    const first = served(at);
    const one = await rotateLogKey(at);
    const second = served(at);
    const two = await rotateLogKey(at);
    const third = served(at);
    expect([one.place, two.place]).toEqual([place, place]);
    expect([one.from, one.to, two.from, two.to]).toEqual(
      [first, second, second, third].map(({ deployment }) => formatVerifierKey(deployment)),
    );
    expect(third.name).toBe(first.name);
    expect(await reaches(first, third)).toBe(true);
    expect(await reaches(second, third)).toBe(true);
    expect(third.previous.map(formatVerifierKey)).toEqual([two.from, one.from]);
    // The tokens' key and the rest are what they were.
    expect(loadSecrets(at).tokenKey).toBe(loadSecrets(at).tokenKey);
  });

  it('puts the old key aside before the new one takes its place, for nobody else to read', async () => {
    const at = places(env);
    const { logKey } = loadSecrets(at);
    const { oldFile, newFiles } = await rotateLogKey(at);
    expect(readFileSync(oldFile ?? '', 'utf8').trim()).toBe(logKey);
    for (const file of [oldFile ?? '', ...newFiles]) expect([file, statSync(file).mode & 0o077]).toEqual([file, 0]);
  });

  it('is shown beforehand, with every file that it writes, and nothing written', async () => {
    const at = places(env);
    const before = loadSecrets(at);
    const files = () =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((file) => file.isFile())
        .map(({ parentPath, name }) => join(parentPath, name));
    const there = files();
    const plan = await planRotation(at);
    expect([files(), loadSecrets(at)]).toEqual([there, before]);
    const { to: _to, ...rotated } = await rotateLogKey(at);
    expect(plan).toEqual(rotated);
    expect(new Set(files())).toEqual(new Set([...there, plan.oldFile, ...plan.newFiles]));
  });

  it('refuses a key and notes that are none, and changes nothing', async () => {
    const at = places(env);
    loadSecrets(at);
    const bad = places({ ...env, LOG_ROTATIONS: '["nonsense"]' });
    const before = loadSecrets(at);
    await expect(rotateLogKey(bad)).rejects.toThrow(/LOG_ROTATIONS/);
    expect(loadSecrets(at)).toEqual(before);
  });
});

it('cut short between the notes and the key, the old key stays in use, and the next rotation leads on', async () => {
  const at = places({ ADMIN_SECRET: 'a'.repeat(32) });
  const first = served(at);
  const keyFile = join(folder, 'data', 'log-key.json');
  const old = readFileSync(keyFile, 'utf8');
  await rotateLogKey(at);
  // The last write never happened.
  writeFileSync(keyFile, old);
  const still = served(at);
  expect(formatVerifierKey(still.deployment)).toBe(formatVerifierKey(first.deployment));
  expect(still.previous).toEqual([]);
  await rotateLogKey(at);
  expect(await reaches(first, served(at))).toBe(true);
});

it('leaves what stands in the environment alone, and the new key in a file that is not overwritten', async () => {
  const LOG_KEY = generateLogKey('judge.example');
  const at = places({ LOG_KEY, ADMIN_SECRET: 'a'.repeat(32) });
  const first = served(at);
  const { place, newFiles, oldFile } = await rotateLogKey(at);
  expect([place, oldFile]).toEqual(['environment', null]);
  const next = JSON.parse(readFileSync(newFiles[0] ?? '', 'utf8')) as { LOG_KEY: string; LOG_ROTATIONS: string };
  expect(served(places({ ...at.env, ...next })).name).toBe('judge.example');
  expect(await reaches(first, served(places({ ...at.env, ...next })))).toBe(true);
  expect(formatVerifierKey(served(at).deployment)).toBe(formatVerifierKey(first.deployment));
  await expect(rotateLogKey(at)).rejects.toThrow(/holds a next key already/);
});

it.each(PLACES)('refuses where notes in the environment would hide the new one: %s', async (_place, env) => {
  const before = served(places(env));
  await rotateLogKey(places(env));
  const between = loadSecrets(places(env));
  const at = places({ ...env, LOG_ROTATIONS: between.logRotations ?? '' });
  await expect(rotateLogKey(at)).rejects.toThrow(/LOG_ROTATIONS stands in the environment/);
  expect(loadSecrets(places(env))).toEqual(between);
  expect(await reaches(before, served(at))).toBe(true);
});

it('needs a key to begin with, and one whose halves belong together', async () => {
  await expect(rotateLogKey(places())).rejects.toThrow(/no LOG_KEY yet/);
  expect(existsSync(join(folder, '.dev.vars'))).toBe(false);
  const [one, two]: Record<string, string>[] = [JSON.parse(generateLogKey('n')), JSON.parse(generateLogKey('n'))];
  for (const LOG_KEY of [
    JSON.stringify({ ...one, x: two?.['x'] }),
    '{}',
    'nonsense',
    JSON.stringify({ ...one, x: 'AA' }),
  ]) {
    await expect(rotateLogKey(places({ LOG_KEY }))).rejects.toThrow(/LOG_KEY|key/i);
  }
  expect(existsSync(join(folder, 'data'))).toBe(false);
});

describe('variables in a file', () => {
  const name = fc.stringMatching(/^[A-Z][A-Z_]{0,8}$/);
  const line = fc.oneof(
    fc.tuple(name, fc.stringMatching(/^[\w+/={}:, -]{0,20}$/)).map(([key, value]) => `${key}='${value}'`),
    fc.tuple(name, fc.stringMatching(/^[a-z0-9]{1,9}$/)).map(([key, value]) => `export ${key} = ${value}`),
    fc.constantFrom('', '# a note', '  ', 'LOG_KEY=old', " LOG_ROTATIONS = '[]'"),
  );

  it('are replaced, and every other one stays', () => {
    fc.assert(
      fc.property(fc.array(line), fc.boolean(), (lines, ends) => {
        const text = lines.join('\n') + (ends ? '\n' : '');
        const changed = { LOG_KEY: '{"d":"new"}', LOG_ROTATIONS: '["a\\nb — c"]' };
        expect(parseEnv(replaceVars(text, changed))).toEqual({ ...parseEnv(text), ...changed });
      }),
    );
  });

  it('that run over several lines are not broken', () => {
    const text = 'OTHER="one\nLOG_KEY=two\nthree"\nLOG_KEY=old\n';
    expect(() => replaceVars(text, { LOG_KEY: 'new' })).toThrow(/nothing was written/);
    expect(() => replaceVars('A=1\n', { LOG_KEY: "it's" })).toThrow(/nothing was written/);
  });
});
