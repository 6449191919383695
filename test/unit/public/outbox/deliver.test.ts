import { signal } from '@preact/signals';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Credential } from '../../../../public/shared/device/credential.ts';
import { deliver, type Fate } from '../../../../public/shared/outbox/deliver.ts';
import type { OutboxItem } from '../../../../public/shared/outbox/items.ts';

const CREDENTIAL: Credential = {
  claims: signal(null),
  state: signal<'valid'>('valid'),
  deviceId: 'dev_1',
  deviceEpoch: null,
  token: async () => 'a.b.c',
  refuse: () => undefined,
};

function action(eventId: string): OutboxItem {
  return {
    eventId,
    boutId: 'bout_1',
    kind: 'action',
    path: '',
    body: { event_id: eventId },
    note: {},
    seq: 1,
    atMs: 0,
    state: 'unsent',
    refusal: null,
  };
}

const COMMAND: OutboxItem = { ...action('c'), kind: 'command', path: '/api/bouts/bout_1/scorecards' };

/** Plays the server: one answer, or none. */
function answerWith(status: number | null, body: unknown = {}): { readonly asked: () => readonly unknown[] } {
  const fetched = vi.fn<typeof fetch>(async () => {
    if (status === null) throw new TypeError('no network');
    return Response.json(body, { status });
  });
  vi.stubGlobal('fetch', fetched);
  return { asked: () => fetched.mock.calls };
}

async function fates(parcel: readonly OutboxItem[]): Promise<readonly Fate[] | undefined> {
  return (await deliver(CREDENTIAL, parcel))?.map(({ fate }) => fate);
}

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('a delivery', () => {
  it('gives each action of a batch its own fate, in their order', async () => {
    const refused = { success: false, status: 403, code: 'fenced', detail: 'Another device holds this seat.' };
    answerWith(200, {
      results: [
        { success: true, status: 200 },
        refused,
        { success: true, status: 409 },
        { success: false, status: 503 },
      ],
    });
    expect(await fates(['a', 'b', 'c', 'd'].map(action))).toEqual([
      'sent',
      { status: 403, code: 'fenced', detail: 'Another device holds this seat.' },
      'sent',
      'wait',
    ]);
  });

  it('takes a repeat that had arrived for sent, and other content under the same id for refused', async () => {
    answerWith(409, { success: true, is_duplicate: true });
    expect(await fates([COMMAND])).toEqual(['sent']);
    answerWith(409, { success: false, code: 'conflict', detail: 'Other content.' });
    expect(await fates([COMMAND])).toEqual([{ status: 409, code: 'conflict', detail: 'Other content.' }]);
  });

  it('gives nothing up for a lost network, a busy server, or a token that has ended', async () => {
    for (const status of [null, 401, 429, 500, 503]) {
      answerWith(status);
      expect(await deliver(CREDENTIAL, [action('a')]), String(status)).toBeNull();
    }
  });

  it('takes no portal and no proxy for the server: what neither has read stays in the queue', async () => {
    for (const status of [200, 202, 400, 401, 403, 404, 407, 413]) {
      for (const body of ['<html>Welcome to the hall</html>', null, []]) {
        answerWith(status, body);
        expect(await deliver(CREDENTIAL, [COMMAND]), String(status)).toBeNull();
      }
    }
    answerWith(403, { error: 'blocked' });
    expect(await deliver(CREDENTIAL, [COMMAND])).toBeNull();
    answerWith(403, { success: false, code: 'forbidden', detail: 'Not yours.' });
    expect(await fates([COMMAND])).toEqual([{ status: 403, code: 'forbidden', detail: 'Not yours.' }]);
  });

  it('leaves a token alone that a proxy has answered 401 to', async () => {
    const refuse = vi.fn<(token: string) => void>();
    answerWith(401, '<html>Sign in to the network</html>');
    await deliver({ ...CREDENTIAL, refuse }, [COMMAND]);
    expect(refuse).not.toHaveBeenCalled();
    answerWith(401, { success: false, code: 'unauthorized', detail: 'Expired.' });
    await deliver({ ...CREDENTIAL, refuse }, [COMMAND]);
    expect(refuse).toHaveBeenCalledWith('a.b.c');
  });

  it('leaves a batch in the queue whose answer does not fit it', async () => {
    answerWith(200, { results: [{ success: true, status: 200 }] });
    expect(await deliver(CREDENTIAL, [action('a'), action('b')])).toBeNull();
    answerWith(200, { results: ['?', { success: true, status: 200 }] });
    expect(await fates([action('a'), action('b')])).toEqual(['wait', 'sent']);
  });

  it('gives the receipt of whatever the server has taken, a repeat included, and of nothing else', async () => {
    const hash = 'a'.repeat(64);
    const taken = { success: true, status: 200, sequence_index: 7, chain_hash: hash };
    answerWith(200, {
      results: [
        taken,
        { ...taken, status: 409, sequence_index: 3 },
        { ...taken, success: false, status: 403, code: 'fenced' },
        { ...taken, chain_hash: 'not a hash' },
        { ...taken, sequence_index: 1.5 },
      ],
    });
    const answers = await deliver(CREDENTIAL, ['a', 'b', 'c', 'd', 'e'].map(action));
    expect(answers?.map(({ receipt }) => receipt)).toEqual([
      { boutId: 'bout_1', eventId: 'a', index: 7, hash },
      { boutId: 'bout_1', eventId: 'b', index: 3, hash },
      null,
      null,
      null,
    ]);
    answerWith(200, taken);
    expect(await deliver(CREDENTIAL, [COMMAND])).toMatchObject([{ receipt: { eventId: 'c', index: 7, hash } }]);
  });
});
