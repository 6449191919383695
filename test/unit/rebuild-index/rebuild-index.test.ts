import { describe, expect, it } from 'vitest';
import { parseRebuildFlags } from '../../../cli/rebuild-index/options.ts';
import { progressLine, readPage, readState } from '../../../cli/rebuild-index/wire.ts';

const FROM = { env: { ADMIN_SECRET: 'secret' }, projectRoot: '/nowhere' };

describe('the flags of rebuild-index', () => {
  it('say where, what and how long', () => {
    expect(parseRebuildFlags(['--url', 'http://127.0.0.1:8787/x', '--bout', 'b-1', '--dry-run'], FROM)).toEqual({
      url: 'http://127.0.0.1:8787',
      adminSecret: 'secret',
      scope: 'b-1',
      dryRun: true,
      patienceMs: 600_000,
    });
    expect(parseRebuildFlags(['--help'], FROM)).toBeNull();
  });

  it.each([
    [['--url', 'ftp://x'], /--url/],
    [['--url', 'http://x', '--bout', 'a b'], /--bout/],
    [['--url', 'http://x', '--patience', '0'], /--patience/],
  ])('%j are refused by the name of the flag', (args, message) => {
    expect(() => parseRebuildFlags(args, FROM)).toThrow(message);
  });

  it('mean the local server where they name none', () => {
    expect(parseRebuildFlags([], FROM)).toMatchObject({ url: 'http://127.0.0.1:8787', scope: 'all', dryRun: false });
  });

  it('need a secret', () => {
    expect(() => parseRebuildFlags(['--url', 'http://x'], { ...FROM, env: {} })).toThrow(/--admin-secret/);
  });
});

describe('what the server answers', () => {
  const rebuild = {
    run: 1,
    queued: 10,
    done: 4,
    failing: 1,
    done_by_ms: 13_000,
    failures: [{ bout_id: 'b', attempts: 2, error: 'e' }],
  };

  it('is one line of progress', () => {
    const state = readState({ bouts: 4, pending: 0, as_of_ms: 1, rebuild });
    expect(state.failures).toEqual([{ boutId: 'b', attempts: 2, error: 'e' }]);
    expect(progressLine(state, 10_000)).toBe('4 of 10 bouts indexed, 1 failing, about 3 s left');
    expect(progressLine({ ...state, failing: 0, done: 10 }, 10_000)).toBe('10 of 10 bouts indexed');
  });

  it('is not guessed at where it is something else', () => {
    expect(readPage({ run: 1, queued: 2, next_cursor: null })).toEqual({ queued: 2, nextCursor: null });
    expect(() => readPage({ queued: 2 })).toThrow(/nobody expected/);
    expect(() => readState({ bouts: 1, rebuild: null })).toThrow(/nobody expected/);
  });
});
