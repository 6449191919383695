import { describe, expect, it } from 'vitest';
import { openSocket } from '../bout/socket-client.ts';
import { change, RELEASED_TO_ALL, view } from '../bout/support.ts';
import { accepted, fought, judge, read, submit } from '../judging/support.ts';
import { advising, doors, leaks, openSealable, scorecardIn, sealed, sessionOfA, showing } from './sealed.ts';

/** What judge B (seat J2) may learn from what officials do: the attack of `early-cards.test.ts`, by waiting. */

describe('what supervisors do', () => {
  it('with A’s scorecard on paper stays theirs, also once B’s own is in', async () => {
    const night = await openSealable({ release_policy: RELEASED_TO_ALL });
    const session = await sessionOfA(night);
    await fought(night, 1);
    const paper = { judge_id: 'J1', round_id: 1, red: 10, blue: 7.5, reason: 'the tablet went dark' };
    const socket = await openSocket(night.boutId, judge(night, 'J2'));
    await socket.nextOf('hello');
    const proposal = accepted(await change(night, 'scorecards/paper', paper));
    const secret = {
      eventId: 'none-such',
      chainHash: String(proposal['chain_hash']),
      index: proposal['sequence_index'],
    };
    expect(leaks(await doors(night, judge(night, 'J2'), session), secret)).toEqual([]);
    const confirmation = { proposal_index: proposal['sequence_index'], accept: true };
    accepted(await change(night, 'confirm', confirmation, night.second));
    expect(leaks(await doors(night, judge(night, 'J2'), session), secret)).toEqual([]);
    const heard = [await socket.nextOf('delta'), ...socket.waiting()];
    expect(scorecardIn(JSON.stringify(heard), secret)).toEqual([]);
    socket.close();
    accepted(await submit(night, 'J2', 1, '9-10'));
    expect(showing(await doors(night, judge(night, 'J2'), session), secret)).toEqual([]);
  });

  it('with B’s scorecard, reopening it, seals the recommendation again', async () => {
    const night = await openSealable({ release_policy: RELEASED_TO_ALL });
    const session = await sessionOfA(night);
    await fought(night, 1);
    const secret = await sealed(night);
    accepted(await submit(night, 'J2', 1, '9-10'));
    accepted(await change(night, 'scorecards/reopen', { judge_id: 'J2', round_id: 1, reason: 'the corners' }));
    expect(leaks(await doors(night, judge(night, 'J2'), session), secret)).toEqual([]);
    accepted(await submit(night, 'J2', 1, '10-9'));
    const seen = await doors(night, judge(night, 'J2'), session);
    expect([showing(seen, secret), advising(seen)]).toEqual([[], expect.arrayContaining(['GET /api/replay/…/1'])]);
  });

  it('with A’s scorecard, reopening it, shows neither value to B', async () => {
    const night = await openSealable({ release_policy: RELEASED_TO_ALL });
    const session = await sessionOfA(night);
    await fought(night, 1);
    const secret = await sealed(night);
    accepted(await change(night, 'scorecards/reopen', { judge_id: 'J1', round_id: 1, reason: 'the corners' }));
    expect(leaks(await doors(night, judge(night, 'J2'), session), secret)).toEqual([]);
  });

  it('with the round, locking it, opens neither a scorecard nor the recommendation', async () => {
    const night = await openSealable({ release_policy: RELEASED_TO_ALL });
    const session = await sessionOfA(night);
    await fought(night, 1);
    const secret = await sealed(night);
    accepted(await change(night, 'lock-round', { round_id: 1 }));
    expect(leaks(await doors(night, judge(night, 'J2'), session), secret)).toEqual([]);
    expect(await read(night, '/recommendations', judge(night, 'J2'))).toMatchObject({ rounds: [] });
  });

  it('with the result, proposing it, says nothing to B; official, it ends the secret', async () => {
    const night = await openSealable({ release_policy: RELEASED_TO_ALL });
    const session = await sessionOfA(night);
    await fought(night, 1);
    const secret = await sealed(night);
    accepted(await change(night, 'finalize', { method: 'KO', winner: 'red', round_id: 1, reason: 'he did not rise' }));
    expect(leaks(await doors(night, judge(night, 'J2'), session), secret)).toEqual([]);
    expect(await view(night, judge(night, 'J2'))).toMatchObject({ result: null });
    accepted(await change(night, 'finalize', { confirm: true }, night.second));
    expect(showing(await doors(night, judge(night, 'J2'), session), secret)).toContain('GET /api/final/…');
  });
});
