import { ROLES } from '../../domain/roles/index.ts';
import type { Operation } from './document.ts';

export const SOCKET_PATH = '/api/bouts/{bout_id}/socket';

const DESCRIPTION = `A WebSocket of JSON text frames. Offer the protocols \`fightjudge.v1\` and, for officials, the token; the server takes the first. The text \`ping\` is answered with the text \`pong\`.

From the server: \`hello\` (role, cursor, server_ms, snapshot, entries), \`delta\` (from, to, entries, view), \`ack\`, \`time\` (t0, t1), \`alert\`, \`fenced\` (judge_id, device_id, epoch: another device has taken the seat), \`error\`.

From the client: \`log\` (the body of POST /api/events/v2/log), \`time\` (t0), \`resume\` (cursor).

A delta joins on when its \`from\` equals the last \`to\`, or the cursor of hello; entries that the role may not see advance \`to\` all the same. After a gap send \`resume\` with the last cursor.

Open to everybody, with or without a token; what is seen is up to the bout's release policy.`;

/** The socket is no request with an answer, so it is not in the route table; its operation is written by hand. */
export function socketOperation(): Operation {
  return {
    operationId: 'socket_bout',
    tags: ['Socket'],
    summary: 'Follow a bout live, and log into it',
    description: DESCRIPTION,
    parameters: [
      { name: 'bout_id', in: 'path', required: true, schema: { type: 'string', pattern: '^[A-Za-z0-9_.:-]{1,64}$' } },
      {
        name: 'cursor',
        in: 'query',
        required: false,
        description: 'The index that the client expects next, where it has been connected before.',
        schema: { type: 'integer', minimum: 0 },
      },
    ],
    responses: {
      101: { description: 'The protocol is switched.' },
      400: { $ref: '#/components/responses/problem_400' },
      401: { $ref: '#/components/responses/problem_401' },
      403: { $ref: '#/components/responses/problem_403' },
      404: { $ref: '#/components/responses/problem_404' },
      429: { $ref: '#/components/responses/problem_429' },
      503: { $ref: '#/components/responses/problem_503' },
    },
    security: [{}, { bearer: [] }],
    'x-permission': 'read.bout',
    'x-roles': ROLES,
  };
}
