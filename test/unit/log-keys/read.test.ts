import { afterEach, describe, expect, it, vi } from 'vitest';
import { formatVerifierKey, openNote, parseNote, keyFor, ed25519 } from '../../../domain/log/index.ts';
import { boutOrigin, ledgerOrigin, logOrigin, readLogKey, signCheckpoint } from '../../../objects/log-key.ts';
import { generateLogKey } from '../../../cli/secrets.ts';
import { verifierKeyOf } from '../../../cli/log-key.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

function read(settings: Parameters<typeof readLogKey>[0]) {
  const key = readLogKey(settings);
  if (!key.ok) throw new Error(key.detail);
  return key.value;
}

describe('the log’s key', () => {
  it('is read once for as long as the settings stay, also from other objects that hold them', () => {
    const LOG_KEY = generateLogKey('a.example');
    const first = readLogKey({ LOG_KEY });
    expect(readLogKey({ LOG_KEY })).toBe(first);
    expect(readLogKey({ LOG_KEY: generateLogKey('b.example') })).not.toBe(first);
    expect(readLogKey({ LOG_KEY })).toEqual({ ok: true, value: expect.objectContaining({ name: 'a.example' }) });
  });

  it('signs each origin below its name with a key that a verifier derives from the deployment’s', async () => {
    const LOG_KEY = generateLogKey('judge.example/promotion');
    const key = read({ LOG_KEY });
    expect(formatVerifierKey(key.deployment)).toBe(verifierKeyOf(LOG_KEY));
    const origins = [boutOrigin(key, 'b:1'), logOrigin(key), ledgerOrigin(key)];
    expect(origins).toEqual(['bout/b:1', 'log', 'ledger'].map((rest) => `judge.example/promotion/${rest}`));
    for (const origin of origins) {
      const note = await signCheckpoint(key, { origin, size: 5, root: new Uint8Array(32) });
      const derived = keyFor(key.deployment, origin);
      if (!derived.ok) throw new Error(derived.detail);
      const opened = await openNote(note, [derived.value], ed25519(crypto.subtle).verify);
      expect(opened).toMatchObject({ ok: true, value: { signedBy: [{ name: origin }] } });
      const parsed = parseNote(note);
      expect(parsed.ok && parsed.value.text.split('\n')).toEqual([origin, '5', expect.any(String), '']);
    }
  });

  it('that is none is refused, and told once', () => {
    const told = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const good: Record<string, unknown> = JSON.parse(generateLogKey('n'));
    const bad: readonly (string | undefined)[] = [
      undefined,
      '',
      ' ',
      'nonsense',
      '[]',
      'null',
      '7',
      ...['name', 'x', 'd', 'crv', 'kty'].map((member) => JSON.stringify({ ...good, [member]: undefined })),
      ...['', 'two words', 'a+b', 'a\nb', 7, null].map((name) => JSON.stringify({ ...good, name })),
      JSON.stringify({ ...good, x: 'AAAA' }),
      JSON.stringify({ ...good, x: '!!' }),
    ];
    for (const LOG_KEY of bad) {
      told.mockClear();
      const settings = LOG_KEY === undefined ? {} : { LOG_KEY };
      for (let n = 0; n < 2; n += 1) {
        expect([LOG_KEY, readLogKey(settings)]).toMatchObject([LOG_KEY, { ok: false, code: 'unavailable' }]);
      }
      expect([LOG_KEY, told.mock.calls.length]).toEqual([LOG_KEY, 1]);
      expect(told.mock.calls.flat().join(' ')).not.toContain(String(good['d']));
    }
  });

  it('whose halves are of two keys signs nothing', async () => {
    const [one, two]: Record<string, unknown>[] = [JSON.parse(generateLogKey('n')), JSON.parse(generateLogKey('n'))];
    const key = read({ LOG_KEY: JSON.stringify({ ...one, x: two?.['x'] }) });
    await expect(signCheckpoint(key, { origin: logOrigin(key), size: 1, root: new Uint8Array(32) })).rejects.toThrow(
      /half|key/i,
    );
  });
});
