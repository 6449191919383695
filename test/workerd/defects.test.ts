import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { describe, expect, it } from 'vitest';
import { createDefectLog } from '../../workers/defects.ts';
import { createDirect } from '../../workers/direct.ts';
import type { Env } from '../../workers/env.ts';

describe('the log of what was thrown', () => {
  it('is a line of at most 300 characters that says what was thrown, and where', () => {
    const lines: string[] = [];
    const log = createDefectLog((line) => lines.push(line));
    log(new RangeError('broken'), '/api/health', 0);
    log(new Error(`"\n\\\u0000\ud800é${'😀'.repeat(5_000)}`), `/api/${'%22'.repeat(5_000)}`, 0);
    log('"'.repeat(5_000), '\n'.repeat(5_000), 0);
    expect(lines).toHaveLength(3);
    for (const line of lines) {
      expect(line.length).toBeLessThanOrEqual(300);
      expect(line).not.toContain('\n');
    }
    const first: unknown = JSON.parse(lines[0] ?? '');
    expect(first).toMatchObject({ at: 'app.answerDefect', path: '/api/health', error: 'RangeError: broken' });
    expect(first).toHaveProperty('where', expect.stringMatching(/./));
  });

  it('has 20 lines a second, and says how many it has left out', () => {
    const lines: string[] = [];
    const log = createDefectLog((line) => lines.push(line));
    for (let i = 0; i < 500; i += 1) log(new Error('broken'), '/api/health', 1_000);
    expect(lines).toHaveLength(20);
    for (let ms = 1_000; ms < 11_000; ms += 1) log(new Error('broken'), '/api/health', ms);
    expect(lines.length).toBeGreaterThan(210);
    expect(lines.length).toBeLessThanOrEqual(220);
    expect(lines.map(leftOutOf).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(10_000);
    expect(leftOutOf(lines[20] ?? '')).toBeGreaterThanOrEqual(480);
  });
});

function leftOutOf(line: string): number {
  const { left_out: leftOut = 0 }: { readonly left_out?: number } = JSON.parse(line);
  expect(line.length).toBeLessThanOrEqual(300);
  return leftOut;
}

describe('the worker of a server that has nothing in front of it', () => {
  const answers = { fetch: async (_: Request, { INDEX }: Env) => Response.json(await tablesOf(INDEX)) };
  const ask = async (worker: typeof answers | ReturnType<typeof createDirect>, settings: Env): Promise<Response> => {
    const ctx = createExecutionContext();
    const response = await worker.fetch(new Request('https://fightjudge.test/api/health'), settings, ctx);
    await waitOnExecutionContext(ctx);
    return response;
  };
  const migration = (name: string, statement: string) => ({ name, statements: [statement] });

  it('answers nobody before its index is migrated, and migrates it once', async () => {
    const settings = { ...env, MIGRATIONS: [migration('9001.sql', 'CREATE TABLE early (id INTEGER) STRICT')] };
    const worker = createDirect(answers);
    const first = await Promise.all([ask(worker, settings), ask(worker, settings), ask(worker, settings)]);
    for (const answer of first) expect(await answer.json()).toContain('early');
    // Another start finds it done.
    expect(await (await ask(createDirect(answers), settings)).json()).toContain('early');
  });

  it('answers 503 where that fails, leaves nothing half done and tries again with the next request', async () => {
    const broken = {
      name: '9002.sql',
      statements: ['CREATE TABLE half (id INTEGER) STRICT', 'CREATE TABLE half (id INTEGER) STRICT'],
    };
    const mended = migration('9002.sql', 'CREATE TABLE late (id INTEGER) STRICT');
    const worker = createDirect(answers);
    const refused = await ask(worker, { ...env, MIGRATIONS: [broken] });
    expect(refused.status).toBe(503);
    expect(await tablesOf(env.INDEX)).not.toContain('half');
    const answer = await ask(worker, { ...env, MIGRATIONS: [mended] });
    expect(await answer.json()).toContain('late');
  });
});

async function tablesOf(index: D1Database): Promise<readonly string[]> {
  const { results } = await index.prepare(`SELECT name FROM sqlite_schema`).all<{ name: string }>();
  return results.map(({ name }) => name);
}
