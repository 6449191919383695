import { describe, expect, it } from 'vitest';
import { addTraffic, type Traffic } from '../../../domain/monitor/index.ts';
import { createParcels, type Parcel } from '../../../workers/monitor/parcels.ts';

function traffic(count: number): Traffic {
  return { 'GET /a': { count, refused: 0, errors: 0, within: [count] } };
}

/** Counters that requests add to, and a receiver that takes each number once, as the platform does. */
function setUp() {
  let waiting: Traffic | null = null;
  let lastSeq = 0;
  const arrived: Parcel[] = [];
  const parcels = createParcels(
    () => {
      const taken = waiting;
      waiting = null;
      return taken;
    },
    () => 'isolate',
  );
  return {
    count: (many: number) => {
      waiting = addTraffic(waiting ?? {}, traffic(many));
    },
    send: async (how: 'arrives' | 'is lost' | 'arrives unanswered') =>
      await parcels.send(async (parcel) => {
        if (how !== 'is lost' && parcel.seq > lastSeq) {
          lastSeq = parcel.seq;
          arrived.push(parcel);
        }
        if (how !== 'arrives') throw new Error(how);
      }),
    counted: () => arrived.map((parcel) => parcel.traffic['GET /a']?.count),
  };
}

describe('counts on their way to the platform', () => {
  it('are sent once where all is well, and not at all where there are none', async () => {
    const { count, send, counted } = setUp();
    await send('is lost');
    count(3);
    await send('arrives');
    await send('arrives');
    expect(counted()).toEqual([3]);
  });

  it('that were lost go again, and what came meanwhile follows in one', async () => {
    const { count, send, counted } = setUp();
    count(1);
    await expect(send('is lost')).rejects.toThrow('is lost');
    count(2);
    await expect(send('is lost')).rejects.toThrow('is lost');
    count(4);
    await send('arrives');
    expect(counted()).toEqual([1, 6]);
  });

  it('that arrived without an answer count once, and nothing new is mixed into them', async () => {
    const { count, send, counted } = setUp();
    count(1);
    await expect(send('arrives unanswered')).rejects.toThrow('arrives unanswered');
    count(2);
    await send('arrives');
    expect(counted()).toEqual([1, 2]);
  });
});
