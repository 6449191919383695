import { env } from 'cloudflare:workers';
import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { platformOf } from '../../workers/auth/platform.ts';
import { observe, renderMetrics } from '../../workers/metrics.ts';
import { adminSecret, call, type CallOptions, faults, freshId, type Json, mint, textOf } from './support.ts';

async function ask(body: unknown, options: CallOptions = {}) {
  return await call('POST', '/api/auth/tokens', { token: adminSecret(), body, ...options });
}

describe('minting', () => {
  it('gives a token that says what was asked for, for 15 minutes', async () => {
    const body = { role: 'judge', subject: 'jane', judge_id: 'J1', bout_id: 'b1', card_id: 'c1', device_id: 'd1' };
    const answer = await ask({ ...body, corners: ['red', 'blue'], aspects: ['damage'] });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.json).toMatchObject({ success: true, is_duplicate: false, client_event_id: null });
    const token = textOf(answer.json, 'token');
    const { iat = 0, exp = 0, ...claims } = decodeJwt(token);
    expect(exp - iat).toBe(900);
    expect(textOf(answer.json, 'expires_at')).toBe(new Date(exp * 1000).toISOString());
    expect(claims).toEqual({
      iss: 'fightjudge',
      sub: 'jane',
      role: 'judge',
      seat: 'J1',
      device: 'd1',
      bout_id: 'b1',
      card_id: 'c1',
      corners: ['red', 'blue'],
      aspects: ['damage'],
      jti: answer.json['token_id'],
    });
    expect(await call('GET', '/api/auth/me', { token })).toMatchObject({
      status: 200,
      json: {
        subject: 'jane',
        role: 'judge',
        judge_id: 'J1',
        device_id: 'd1',
        bout_id: 'b1',
        corners: ['red', 'blue'],
      },
    });
  });

  it('is recorded, without the token', async () => {
    const before = await platformOf(env).head();
    await mint({ role: 'operator' });
    expect((await platformOf(env).head()).entries).toBe(before.entries + 1);
    expect(await platformOf(env).verify()).toMatchObject({ valid: true });
  });

  it('names the field that is wrong', async () => {
    const good = { role: 'operator', subject: 'olga' };
    const cases: readonly (readonly [Json, string])[] = [
      [{ subject: 'olga' }, 'role'],
      [{ ...good, role: 'emperor' }, 'role'],
      [{ role: 'operator' }, 'subject'],
      [{ ...good, subject: 'Olga Name' }, 'subject'],
      [{ ...good, subject: 7 }, 'subject'],
      [{ role: 'judge', subject: 'jane' }, 'judge_id'],
      [{ ...good, judge_id: 'J1' }, 'judge_id'],
      [{ ...good, bout_id: 'a|b' }, 'bout_id'],
      [{ ...good, card_id: '' }, 'card_id'],
      [{ ...good, device_id: 'x'.repeat(65) }, 'device_id'],
      [{ ...good, corners: [] }, 'corners'],
      [{ ...good, corners: ['red', 'red'] }, 'corners'],
      [{ ...good, corners: ['green'] }, 'corners[0]'],
      [{ ...good, aspects: 'damage' }, 'aspects'],
      [{ ...good, ttl_s: 9 }, 'ttl_s'],
      [{ ...good, ttl_s: 172_801 }, 'ttl_s'],
      [{ ...good, ttl_s: 60.5 }, 'ttl_s'],
      [{ ...good, ttl: 60 }, 'ttl'],
    ];
    for (const [body, field] of cases) {
      const answer = await ask(body);
      expect([JSON.stringify(body), answer.status]).toEqual([JSON.stringify(body), 400]);
      expect([JSON.stringify(body), ...faults(answer)]).toContain(field);
    }
    expect((await ask({ ...good, ttl_s: 10 })).status).toBe(200);
    expect((await ask({ ...good, ttl_s: 172_800 })).status).toBe(200);
    expect(await call('POST', '/api/auth/tokens', { token: adminSecret() })).toMatchObject({ status: 400 });
  });

  it('again under the same event id gives the very same token; other content is a conflict', async () => {
    const body = { role: 'operator', subject: 'olga', event_id: freshId('evt') };
    const first = await ask(body);
    const again = await Promise.all([ask(body), ask(body)]);
    for (const answer of again) {
      expect(answer.status).toBe(409);
      expect(answer.json).toEqual({ ...first.json, is_duplicate: true });
    }
    expect(await ask({ ...body, subject: 'otto' })).toMatchObject({ status: 409, json: { code: 'conflict' } });
  });

  it('takes ADMIN_SECRET or an administrator’s token, and for an administrator the secret itself', async () => {
    const operator = { role: 'operator', subject: 'olga' };
    expect(await call('POST', '/api/auth/tokens', { body: operator })).toMatchObject({ status: 401 });
    expect(await ask(operator, { token: 'wrong-secret' })).toMatchObject({ status: 401 });
    expect(await ask(operator, { token: (await mint({ role: 'supervisor' })).token })).toMatchObject({ status: 403 });
    const { token } = await mint({ role: 'admin' });
    expect(await ask(operator, { token })).toMatchObject({ status: 200 });
    const refused = await ask({ role: 'admin', subject: 'eve' }, { token });
    expect(refused.status).toBe(403);
    expect(faults(refused)).toEqual(['role']);
  });

  it('hands out no wider scope than its own', async () => {
    const { token } = await mint({ role: 'admin', bout_id: 'b1' });
    const operator = { role: 'operator', subject: 'olga' };
    expect(await ask(operator, { token })).toMatchObject({ status: 403 });
    expect(await ask({ ...operator, bout_id: 'b2' }, { token })).toMatchObject({ status: 403 });
    expect(await ask({ ...operator, bout_id: 'b1' }, { token })).toMatchObject({ status: 200 });
    const ofCard = await mint({ role: 'admin', card_id: 'c1' });
    expect(await ask({ ...operator, card_id: 'c2' }, ofCard)).toMatchObject({ status: 403 });
  });

  it('with wrong secrets is slowed down', async () => {
    const address = freshId('ip');
    const body = { role: 'operator', subject: 'olga' };
    const answers = [];
    for (let tries = 0; tries < 31; tries += 1)
      answers.push((await ask(body, { token: `wrong-${tries}`, address })).status);
    expect(answers.slice(0, 30)).toEqual(Array.from({ length: 30 }, () => 401));
    expect(answers[30]).toBe(429);
  });
});

describe('revoking', () => {
  it('ends a token, with or without a reason', async () => {
    for (const body of [undefined, {}, { reason: 'lost at the venue' }]) {
      const { token, tokenId } = await mint({ role: 'operator' });
      expect(await call('GET', '/api/auth/me', { token })).toMatchObject({ status: 200 });
      const revoked = await call('DELETE', `/api/auth/tokens/${tokenId}`, {
        token: adminSecret(),
        ...(body === undefined ? {} : { body }),
      });
      expect(revoked).toMatchObject({ status: 200, json: { success: true, token_id: tokenId, is_duplicate: false } });
      const after = await call('GET', '/api/auth/me', { token });
      expect(after).toMatchObject({ status: 401, json: { detail: 'The token was revoked.' } });
      expect(faults(after)).toEqual(['Authorization']);
      const again = await call('DELETE', `/api/auth/tokens/${tokenId}`, { token: adminSecret() });
      expect(again).toMatchObject({
        status: 409,
        json: { success: true, is_duplicate: true, event_id: revoked.json['event_id'] },
      });
    }
  });

  it('is for administrators, of known tokens, with a body that is right or none', async () => {
    const { token, tokenId } = await mint({ role: 'supervisor' });
    expect(await call('DELETE', `/api/auth/tokens/${tokenId}`, { token })).toMatchObject({ status: 403 });
    expect(await call('DELETE', `/api/auth/tokens/${tokenId}`)).toMatchObject({ status: 401 });
    expect(await call('DELETE', '/api/auth/tokens/nobody', { token: adminSecret() })).toMatchObject({ status: 404 });
    expect(await call('DELETE', '/api/auth/tokens/a%7Cb', { token: adminSecret() })).toMatchObject({ status: 400 });
    const wrong = await call('DELETE', `/api/auth/tokens/${tokenId}`, { token: adminSecret(), body: { why: 'x' } });
    expect(wrong.status).toBe(400);
    expect(faults(wrong)).toEqual(['why']);
    const scoped = await mint({ role: 'admin', bout_id: 'b1' });
    expect(await call('DELETE', `/api/auth/tokens/${tokenId}`, scoped)).toMatchObject({ status: 403 });
    expect(await call('GET', '/api/auth/me', { token })).toMatchObject({ status: 200 });
  });
});

describe('health and metrics', () => {
  it('need nothing, and a watcher’s token', async () => {
    expect(await call('GET', '/api/health')).toMatchObject({ status: 200, json: { status: 'ok' } });
    expect(await call('GET', '/api/metrics')).toMatchObject({ status: 401 });
    expect(await call('GET', '/api/metrics', await mint({ role: 'operator' }))).toMatchObject({ status: 403 });
    const answer = await call('GET', '/api/metrics', await mint({ role: 'analyst' }));
    expect(answer.status).toBe(200);
    expect(answer.text).toContain('# TYPE fightjudge_requests_total counter');
  });

  it('count requests by route and status, and sum their times up in buckets', () => {
    const route = freshId('GET "quoted"');
    observe(route, 200, 7);
    observe(route, 200, 60);
    observe(route, 404, 20_000);
    const lines = renderMetrics().split('\n');
    const label = `route="${route.replaceAll('"', '\\"')}"`;
    expect(lines).toEqual(
      expect.arrayContaining([
        `fightjudge_requests_total{${label},status="200"} 2`,
        `fightjudge_requests_total{${label},status="404"} 1`,
        `fightjudge_request_seconds_bucket{${label},le="0.005"} 0`,
        `fightjudge_request_seconds_bucket{${label},le="0.01"} 1`,
        `fightjudge_request_seconds_bucket{${label},le="0.1"} 2`,
        `fightjudge_request_seconds_bucket{${label},le="10"} 2`,
        `fightjudge_request_seconds_bucket{${label},le="+Inf"} 3`,
        `fightjudge_request_seconds_count{${label}} 3`,
        `fightjudge_request_seconds_sum{${label}} 20.067`,
      ]),
    );
  });
});
