import { env } from 'cloudflare:workers';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { ROLES } from '../../domain/roles/index.ts';
import { authorize, authorizeSocket } from '../../workers/auth/authorize.ts';
import { type Permission, PERMISSIONS } from '../../workers/auth/permissions.ts';
import type { Env } from '../../workers/env.ts';
import roles from '../../docs/roles.md?raw';
import { freshId, mint } from './support.ts';

type Pair = Awaited<ReturnType<typeof generateKeyPair>>;

let pair: Pair;
let settings: Env;

beforeAll(async () => {
  pair = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  settings = { ...env, TOKEN_KEY: await privateText(pair, 'k1'), ADMIN_SECRET: 'the-secret' };
});

async function privateText(keys: Pair, kid: string): Promise<string> {
  return JSON.stringify({ ...(await exportJWK(keys.privateKey)), kid });
}

type Claims = Record<string, unknown>;

function claims(over: Claims = {}): Claims {
  const now = Math.floor(Date.now() / 1000);
  return {
    iss: 'fightjudge',
    sub: 'olga',
    role: 'operator',
    jti: crypto.randomUUID(),
    iat: now,
    exp: now + 60,
    ...over,
  };
}

async function sign(payload: Claims, keys: Pair = pair, kid = 'k1'): Promise<string> {
  return await new SignJWT(payload).setProtectedHeader({ alg: 'EdDSA', kid }).sign(keys.privateKey);
}

function part(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

async function ask(
  credential: string | null,
  permission: Permission = 'log',
  using: Env = settings,
  address = freshId('ip'),
) {
  const headers = new Headers({ 'cf-connecting-ip': address });
  if (credential !== null) headers.set('authorization', credential);
  return await authorize(new Request('https://fightjudge.test/', { headers }), using, permission);
}

const REFUSED = { ok: false, code: 'unauthorized', errors: [{ field: 'Authorization' }] };

describe('a caller', () => {
  it('without a token is admitted only where nobody needs one', async () => {
    expect(await ask(null, 'read.bout')).toEqual({ ok: true, value: null });
    expect(await ask(null, 'log')).toMatchObject({ ...REFUSED, detail: expect.stringContaining('none was sent') });
  });

  it('is who the token says, with everything that it carries', async () => {
    const exp = Math.floor(Date.now() / 1000) + 60;
    const carried = { seat: 'J1', device: 'd1', bout_id: 'b1', card_id: 'c1', corners: ['red'], aspects: ['control'] };
    const token = await sign(claims({ ...carried, jti: 't1', exp }));
    const caller = {
      subject: 'olga',
      role: 'operator',
      seat: 'J1',
      device: 'd1',
      boutId: 'b1',
      cardId: 'c1',
      corners: ['red'],
      aspects: ['control'],
      tokenId: 't1',
      expiresMs: exp * 1000,
    };
    // The second time the token comes from memory.
    expect(await ask(`Bearer ${token}`)).toEqual({ ok: true, value: caller });
    expect(await ask(`Bearer ${token}`)).toEqual({ ok: true, value: caller });
  });

  it('with a bad credential is refused, and told what is wrong', async () => {
    const other = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
    const good = await sign(claims());
    const [head = '', body = '', signature = ''] = good.split('.');
    const raised = part(claims({ role: 'admin' }));
    const cases: readonly (readonly [string, string])[] = [
      ['Basic YTpi', 'must read'],
      ['Bearer', 'must read'],
      [`Bearer ${good} ${good}`, 'must read'],
      ['Bearer nonsense', 'malformed'],
      ['Bearer a.b.c', 'malformed'],
      [`Bearer ${part('text')}.${body}.${signature}`, 'malformed'],
      [`Bearer eyJ.${body}.${signature}`, 'malformed'],
      [`Bearer ${'eyJ'.padEnd(5_000, 'x')}.a.b`, 'too long'],
      [`Bearer ${part({ alg: 'none' })}.${body}.`, 'another algorithm'],
      [`Bearer ${part({ alg: 'none', kid: 'k1' })}.${body}.${signature}`, 'another algorithm'],
      [`Bearer ${part({ alg: 'HS256', kid: 'k1' })}.${body}.${signature}`, 'another algorithm'],
      [`Bearer ${await sign(claims(), other)}`, 'signature does not hold'],
      [`Bearer ${await sign(claims(), pair, 'k2')}`, 'not in use'],
      [`Bearer ${part({ alg: 'EdDSA' })}.${body}.${signature}`, 'not in use'],
      [`Bearer ${head}.${raised}.${signature}`, 'signature does not hold'],
      [`Bearer ${await sign(claims({ exp: Math.floor(Date.now() / 1000) - 1 }))}`, 'expired'],
      [`Bearer ${await sign(claims({ exp: undefined }))}`, 'claim'],
      [`Bearer ${await sign(claims({ iss: 'somebody' }))}`, 'claim'],
      [`Bearer ${await sign(claims({ role: 'emperor' }))}`, 'claim'],
      [`Bearer ${await sign(claims({ sub: 'two words' }))}`, 'claim'],
      [`Bearer ${await sign(claims({ jti: undefined }))}`, 'claim'],
      [`Bearer ${await sign(claims({ corners: [] }))}`, 'claim'],
      [`Bearer ${await sign(claims({ aspects: [] }))}`, 'claim'],
    ];
    for (const [credential, detail] of cases) {
      // Never taken for no token at all: also where none is needed.
      for (const permission of ['log', 'public'] as const) {
        const refusal = await ask(credential, permission);
        expect([credential, refusal]).toMatchObject([
          credential,
          { ...REFUSED, detail: expect.stringContaining(detail) },
        ]);
      }
    }
  });

  it('is refused to the second when a token from memory expires', async () => {
    const expiresS = Math.floor(Date.now() / 1000) + 300;
    const token = await sign(claims({ exp: expiresS }));
    vi.useFakeTimers({ toFake: ['Date'], now: expiresS * 1000 - 1 });
    onTestFinished(() => void vi.useRealTimers());
    expect((await ask(`Bearer ${token}`)).ok).toBe(true);
    vi.setSystemTime(expiresS * 1000);
    expect(await ask(`Bearer ${token}`)).toMatchObject({ ...REFUSED, detail: expect.stringContaining('expired') });
  });

  it('with the wrong role is told the permission and the role', async () => {
    const token = await sign(claims({ role: 'viewer' }));
    const refusal = await ask(`Bearer ${token}`, 'lock_round');
    expect(refusal).toMatchObject({ ok: false, code: 'forbidden' });
    expect(refusal).toMatchObject({ detail: expect.stringMatching(/viewer.*lock_round/) });
  });

  it('of every role has exactly the permissions of the table, which is the one in docs/roles.md', async () => {
    for (const [name, rule] of Object.entries(PERMISSIONS)) {
      const documented = new RegExp(`^\\| \`${name.replace('.', '\\.')}\` \\| (.*?) \\|`, 'm').exec(roles)?.[1];
      const words = [...(rule.anonymous ? ['without a token'] : []), ...ROLES.filter((role) => admits(rule, role))];
      const everybody = words.length === ROLES.length + 1;
      const expected = everybody ? 'everybody' : words.length === ROLES.length ? 'every role' : words.join(', ');
      expect([name, documented]).toEqual([name, expected]);
    }
    for (const role of ROLES) {
      const token = await sign(claims({ role }));
      for (const permission of permissionNames()) {
        const admitted = (await ask(`Bearer ${token}`, permission)).ok;
        expect([role, permission, admitted]).toEqual([role, permission, admits(PERMISSIONS[permission], role)]);
      }
    }
  });
});

function admits(rule: { readonly roles: readonly string[] }, role: string): boolean {
  return rule.roles.includes(role);
}

function permissionNames(): readonly Permission[] {
  return Object.keys(PERMISSIONS).filter((name): name is Permission => name in PERMISSIONS);
}

describe('keys', () => {
  it('that were retired still verify, and are gone once they are taken out', async () => {
    const next = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
    const token = await sign(claims());
    const rotated = { ...settings, TOKEN_KEY: await privateText(next, 'k2') };
    const retired = JSON.stringify([{ ...(await exportJWK(pair.publicKey)), kid: 'k1' }]);
    expect((await ask(`Bearer ${token}`, 'log', { ...rotated, TOKEN_KEYS_RETIRED: retired })).ok).toBe(true);
    expect(await ask(`Bearer ${token}`, 'log', rotated)).toMatchObject({
      ...REFUSED,
      detail: expect.stringContaining('not in use'),
    });
  });

  it('that are missing or broken are the deployment’s fault, not the caller’s', async () => {
    const token = await sign(claims());
    const { TOKEN_KEY: _, ...without } = settings;
    const broken = [
      without,
      { ...settings, TOKEN_KEY: 'nonsense' },
      { ...settings, TOKEN_KEY: JSON.stringify({ kty: 'OKP', crv: 'Ed25519', kid: 'k', x: 'AA', d: 'AA' }) },
      { ...settings, TOKEN_KEYS_RETIRED: '{}' },
    ];
    for (const using of broken)
      expect(await ask(`Bearer ${token}`, 'log', using)).toMatchObject({ code: 'unavailable' });
    // The secret needs no keys.
    expect((await ask('Bearer the-secret', 'token.mint', without)).ok).toBe(true);
  });
});

describe('ADMIN_SECRET', () => {
  it('is an administrator’s credential', async () => {
    const caller = await ask('Bearer the-secret', 'token.mint');
    expect(caller).toMatchObject({ ok: true, value: { role: 'admin', subject: 'admin', boutId: null, cardId: null } });
  });

  it('cannot be guessed quickly: the thirty-first wrong one in a minute waits, and a token does not', async () => {
    const address = freshId('ip');
    for (let tries = 0; tries < 30; tries += 1) {
      expect(await ask('Bearer guess', 'token.mint', settings, address)).toMatchObject({ code: 'unauthorized' });
    }
    expect(await ask('Bearer guess', 'token.mint', settings, address)).toMatchObject({ code: 'too_many_requests' });
    expect(await ask('Bearer the-secret', 'token.mint', settings, address)).toMatchObject({
      code: 'too_many_requests',
    });
    expect((await ask('Bearer the-secret', 'token.mint', settings)).ok).toBe(true);
    expect((await ask(`Bearer ${await sign(claims())}`, 'log', settings, address)).ok).toBe(true);
  });

  it('that is unset or empty matches nothing', async () => {
    const { ADMIN_SECRET: _, ...without } = settings;
    for (const using of [without, { ...settings, ADMIN_SECRET: '' }]) {
      for (const credential of ['Bearer the-secret', 'Bearer undefined', 'Bearer x']) {
        expect(await ask(credential, 'token.mint', using)).toMatchObject(REFUSED);
      }
    }
  });
});

describe('a token', () => {
  it('that sends more than its rate is refused, and only that token', async () => {
    const eager = `Bearer ${await sign(claims())}`;
    let refused = 0;
    for (let requests = 0; requests < 7_000; requests += 1)
      if (!(await ask(eager, 'log', settings, 'eager')).ok) refused += 1;
    expect(refused).toBeGreaterThan(0);
    expect((await ask(`Bearer ${await sign(claims())}`)).ok).toBe(true);
  });
});

describe('a socket', () => {
  async function open(protocols: string | null) {
    const headers = new Headers({ upgrade: 'websocket' });
    if (protocols !== null) headers.set('sec-websocket-protocol', protocols);
    return await authorizeSocket(new Request('https://fightjudge.test/', { headers }), env);
  }

  it('takes the token as the second protocol, and opens without one', async () => {
    const { token, tokenId } = await mint({ role: 'operator' });
    expect(await open(`fightjudge.v1, ${token}`)).toMatchObject({ ok: true, value: { tokenId, role: 'operator' } });
    expect(await open(`fightjudge.v1,${token}`)).toMatchObject({ ok: true });
    expect(await open('fightjudge.v1')).toEqual({ ok: true, value: null });
  });

  it('is refused with anything else, and the header is named', async () => {
    const { token } = await mint({ role: 'operator' });
    const errors = [{ field: 'Sec-WebSocket-Protocol' }];
    for (const protocols of [null, '', 'chat', token, `${token}, fightjudge.v1`, `fightjudge.v1, ${token}, more`]) {
      expect(await open(protocols)).toMatchObject({ ok: false, code: 'bad_request', errors });
    }
    for (const wrong of ['nonsense', `${token}x`, env.ADMIN_SECRET ?? '']) {
      expect(await open(`fightjudge.v1, ${wrong}`)).toMatchObject({ ok: false, code: 'unauthorized', errors });
    }
    expect(await open('fightjudge.v1,')).toMatchObject({ ok: false });
  });
});
