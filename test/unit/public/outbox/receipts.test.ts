import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { addReceipts, type Receipt, sizeOf } from '../../../../public/shared/device/receipts.ts';
import type { Json } from '../../../../public/shared/device/store.ts';

type Range = readonly [string, string];

/** The part of IndexedDB that is used, in the order of its keys. */
function memoryStore() {
  const kept = new Map<string, Json>();
  const within = (range: unknown): string[] => {
    const [from = '', to = '']: readonly string[] = Array.isArray(range) ? range : [];
    return [...kept.keys()].filter((key) => key >= from && key <= to).toSorted();
  };
  return {
    keys: (prefix: string) => [...kept.keys()].filter((key) => key.startsWith(prefix)).toSorted(),
    get: async (key: string) => kept.get(key),
    put: async (value: Json, key: string) => kept.set(key, value),
    delete: async (key: string) => void kept.delete(key),
    getAllKeys: async (range: IDBKeyRange, count = Infinity) => within(range).slice(0, count),
  };
}

beforeAll(() => {
  vi.stubGlobal('IDBKeyRange', { bound: (from: string, to: string): Range => [from, to] });
});
afterAll(() => {
  vi.unstubAllGlobals();
});

const OWNER = 'judge|person_1|JUDGE001';

function receipt(index: number, change: Partial<Receipt> = {}): Receipt {
  return { boutId: 'bout_1', eventId: `event_${index}`, index, hash: index.toString(16).padStart(64, '0'), ...change };
}

describe('receipts on a device', () => {
  it('are kept once each, for each person and bout apart, with how many there are', async () => {
    const store = memoryStore();
    await addReceipts(store, OWNER, [receipt(3), receipt(10), receipt(3), receipt(3, { boutId: 'bout_12' })]);
    await addReceipts(store, OWNER, [receipt(10), receipt(11)]);
    await addReceipts(store, 'judge|person_2|', [receipt(12)]);
    expect(store.keys(`receipt|bout_1|${OWNER}|`)).toHaveLength(3);
    expect(await store.get(`receipts|bout_1|${OWNER}`)).toMatchObject({ count: 3, checkpoint: null });
    expect(await store.get(`receipts|bout_12|${OWNER}`)).toMatchObject({ count: 1 });
    expect(await store.get('receipts|bout_1|judge|person_2|')).toMatchObject({ count: 1 });
  });

  it('hold both words where the server has said two things of one index', async () => {
    const store = memoryStore();
    await addReceipts(store, OWNER, [receipt(3)]);
    await addReceipts(store, OWNER, [receipt(3, { hash: 'f'.repeat(64) })]);
    expect(store.keys('receipt|')).toHaveLength(2);
  });

  it('give way from the first on, where a bout has more than anybody logs', async () => {
    const store = memoryStore();
    const many = Array.from({ length: 5_003 }, (_, index) => receipt(index));
    await addReceipts(store, OWNER, many.slice(0, 5_000));
    await addReceipts(store, OWNER, many.slice(5_000));
    const keys = store.keys('receipt|');
    expect(keys).toHaveLength(5_000);
    expect(keys[0]).toContain('|0000000000000003|');
    expect(await store.get(`receipts|bout_1|${OWNER}`)).toMatchObject({ count: 5_000 });
  });
});

describe('what is taken for a checkpoint', () => {
  const root = `${'A'.repeat(43)}=`;
  const note = `fightjudge.local/bout/bout_1\n42\n${root}\n\n— fightjudge.local/bout/bout_1 AAAA\n`;

  it('is a signed note of the same bout', () => {
    expect(sizeOf(note, 'bout_1')).toBe(42);
    expect(sizeOf(note, 'bout_2')).toBeNull();
  });

  it('is nothing else that a network may answer', () => {
    const others = [
      '',
      '<html>Welcome</html>',
      '{}',
      note.replace('42', '-1'),
      note.split('\n\n')[0] ?? '',
      `${note}x`,
    ];
    expect(others.map((other) => sizeOf(other, 'bout_1'))).toEqual(others.map(() => null));
  });
});
