import { isRecord } from './schema.ts';
import { parsed } from './checks.ts';
import { send } from './wire.ts';

export type Json = Readonly<Record<string, unknown>>;

/** The run's own calls, which have to succeed: setting things up and looking at them. */
export type Client = {
  readonly url: string;
  readonly ask: (method: string, path: string, token: string, body?: Json) => Promise<Json>;
  readonly put: (path: string, token: string, type: string, bytes: Uint8Array) => Promise<void>;
  /** null where the server says no. */
  readonly look: (path: string, token: string) => Promise<unknown>;
};

/** An address of its own, so that no wrong guess of a case counts against the run's secret. */
const ADDRESS = '192.0.2.1';

export function createClient(url: string): Client {
  const exchange = async (
    method: string,
    path: string,
    token: string,
    body: Buffer | null = null,
    headers: readonly (readonly [string, string])[] = [],
  ) => {
    const answer = await send(url, {
      method,
      target: path,
      headers: [['authorization', `Bearer ${token}`], ['cf-connecting-ip', ADDRESS], ...headers],
      body,
      chunked: false,
    });
    if ('failure' in answer) throw new Error(`${method} ${path}: ${answer.detail}`);
    return answer;
  };
  return {
    url,
    ask: async (method, path, token, body) => {
      const answer = await exchange(method, path, token, body === undefined ? null : Buffer.from(JSON.stringify(body)));
      const json = parsed(answer.text);
      if (answer.status === 200 && isRecord(json)) return json;
      throw new Error(`${method} ${path}: ${answer.status} ${answer.text.slice(0, 500)}`);
    },
    put: async (path, token, type, bytes) => {
      const answer = await exchange('PUT', path, token, Buffer.from(bytes), [['content-type', type]]);
      if (answer.status !== 200) throw new Error(`PUT ${path}: ${answer.status} ${answer.text.slice(0, 500)}`);
    },
    look: async (path, token) => {
      const answer = await exchange('GET', path, token);
      return answer.status === 200 ? parsed(answer.text) : null;
    },
  };
}
