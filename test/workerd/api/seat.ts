import { type Answer, call, freshId } from '../support.ts';
import { type Json, judgeToken, memberOf, type Table } from './support.ts';

/** Seat JUDGE001 with a session's id and two paired devices, which have tokens of their own. */
export type Seat = {
  readonly phone: string;
  readonly tablet: string;
  readonly create: (token: string, over?: Json) => Promise<Answer>;
  readonly restore: (token: string, query?: string) => Promise<Answer>;
  /** The session, which must be there. */
  readonly restored: (token: string, query?: string) => Promise<Json>;
  readonly session: string;
};

export async function takeSeat(table: Table): Promise<Seat> {
  const session = freshId('session');
  const [phone, tablet] = await Promise.all([
    judgeToken(table.boutId, 'JUDGE001', 'phone'),
    judgeToken(table.boutId, 'JUDGE001', 'tablet'),
  ]);
  const restore = async (token: string, query = '') =>
    await call('GET', `/api/judge-session/${session}${query}`, { token });
  return {
    phone,
    tablet,
    session,
    restore,
    create: async (token, over = {}) =>
      await call('POST', '/api/judge-session/create', {
        token,
        // The request of the document.
        body: {
          judge_session_id: session,
          judge_id: 'JUDGE001',
          bout_id: table.boutId,
          round_id: 1,
          last_event_sequence: 0,
          session_state: 'OPEN',
          unsent_event_queue: [],
          ...over,
        },
      }),
    restored: async (token, query) => {
      const answer = await restore(token, query);
      if (answer.status !== 200) throw new Error(`restoring answered ${answer.status} ${answer.text}`);
      return memberOf(answer.json, 'session');
    },
  };
}

export const ON_PHONE = { device_id: 'phone' };
export const ON_TABLET = { device_id: 'tablet' };
