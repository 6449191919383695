import { html } from 'hono/html';
import { type Html, inlineCode } from './page-schema.ts';

type Step = { readonly title: string; readonly text: string; readonly code: string };

/** A first bout, in the order in which it has to happen; each step runs in the shell of the one before. */
export const STEPS: readonly Step[] = [
  {
    title: 'Mint a token',
    text: 'The first token comes from `ADMIN_SECRET`, which the server takes from its environment or from `.dev.vars` in its folder; a local server makes one there where it finds none. It mints tokens with `POST /api/auth/tokens`, one for each person, by role. A supervisor may do everything in this introduction. `TOKEN` in the examples below stands for a token of one of the roles that the operation names.',
    code: `SERVER=http://127.0.0.1:8787
. ./.dev.vars
TOKEN=$(curl -s -X POST "$SERVER/api/auth/tokens" \\
  -H "Authorization: Bearer $ADMIN_SECRET" \\
  -d '{"role": "supervisor", "subject": "supervisor_1", "ttl_s": 3600}' |
  sed 's/.*"token":"\\([^"]*\\)".*/\\1/')`,
  },
  {
    title: 'Set the bout up',
    text: '`fighter1` is red, `fighter2` blue.',
    code: `BOUT_ID=bout_123
curl -X POST "$SERVER/api/bouts" \\
  -H "Authorization: Bearer $TOKEN" \\
  -d '{"bout_id": "'$BOUT_ID'", "promotion": "Promotion", "event": "Fight Night 1",
    "sport": "mma", "scheduled_rounds": 3,
    "fighter1": {"name": "John Doe"}, "fighter2": {"name": "Mike Smith"},
    "judges": [{"judge_id": "JUDGE001", "judge_name": "Judge Anderson"}]}'`,
  },
  {
    title: 'Start the clock',
    text: 'The round is over at its start plus its length plus pauses.',
    code: `curl -X POST "$SERVER/api/bouts/$BOUT_ID/clock" \\
  -H "Authorization: Bearer $TOKEN" \\
  -d '{"action": "start_round", "round_id": 1}'`,
  },
  {
    title: 'Log an action',
    text: 'A judge writes the seat of their token as `judge_id`, everybody else their own subject. Keep `timestamp_ms` as it was at the tap when sending again: then the second delivery is recognised.',
    code: `curl -X POST "$SERVER/api/events/v2/log" \\
  -H "Authorization: Bearer $TOKEN" \\
  -d '{"bout_id": "'$BOUT_ID'", "round_id": 1, "judge_id": "supervisor_1",
    "fighter_id": "fighter1", "event_type": "Jab", "timestamp_ms": '$(date +%s)000',
    "device_id": "device_xyz", "metadata": {"significant": true}}'`,
  },
  {
    title: 'See it live',
    text: 'With a token, or without one what the bout’s release policy shows to everybody.',
    code: `curl "$SERVER/api/live/$BOUT_ID" -H "Authorization: Bearer $TOKEN"`,
  },
];

const SOCKET_CODE = `const socket = new WebSocket('ws://127.0.0.1:8787/api/bouts/bout_123/socket', ['fightjudge.v1', token]);
socket.onmessage = ({ data }) => console.log(data);`;

export function introduction(): Html {
  return html`<section aria-labelledby="first-bout">
    <h2 id="first-bout">A first bout</h2>
    ${STEPS.map(
      ({ title, text, code }, i) =>
        html`<h3 class="step">${i + 1}. ${title}</h3>
          <p>${inlineCode(text)}</p>
          <pre tabindex="0"><code>${code}</code></pre>`,
    )}
    <h3 class="step">${STEPS.length + 1}. Follow it on the socket</h3>
    <p>
      Nobody needs to ask again and again: the <a href="#socket_bout">socket</a> sends the bout as it stands, then every
      change, and takes actions too. In a browser, where <code>token</code> is a token (viewers leave it out):
    </p>
    <pre tabindex="0"><code>${SOCKET_CODE}</code></pre>
  </section>`;
}
