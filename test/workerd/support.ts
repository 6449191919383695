import { env, exports } from 'cloudflare:workers';

const ORIGIN = 'https://fightjudge.test';

export type Json = Record<string, unknown>;

export type Answer = { readonly status: number; readonly headers: Headers; readonly text: string; readonly json: Json };

export type CallOptions = {
  /** Sent as Bearer. */
  readonly token?: string;
  /** Sent as JSON, without a Content-Type: as clients of the API document do. */
  readonly body?: unknown;
  /** The client's address; a new one for every call where left out, so that no test uses up another's attempts. */
  readonly address?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

/** Calls the Worker as a client would. `json` is empty where the answer is no JSON object. */
export async function call(method: string, path: string, options: CallOptions = {}): Promise<Answer> {
  const response = await exports.default.fetch(
    new Request(`${ORIGIN}${path}`, {
      method,
      headers: {
        'cf-connecting-ip': options.address ?? crypto.randomUUID(),
        ...(options.token === undefined ? {} : { authorization: `Bearer ${options.token}` }),
        ...options.headers,
      },
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
    }),
  );
  // Some answers are bytes, and the runtime warns of each that is read by text().
  const text = new TextDecoder().decode(await response.arrayBuffer());
  return { status: response.status, headers: response.headers, text, json: objectOf(text) };
}

function objectOf(text: string): Json {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
  } catch {
    return {};
  }
}

/** A member of an answer that must be text. */
export function textOf(json: Json, name: string): string {
  const value = json[name];
  if (typeof value !== 'string') throw new Error(`${name} is no text in ${JSON.stringify(json)}`);
  return value;
}

/** ADMIN_SECRET of the Worker under test. */
export function adminSecret(): string {
  const secret = env.ADMIN_SECRET;
  if (secret === undefined) throw new Error('the tests run without an ADMIN_SECRET');
  return secret;
}

export type Minted = { readonly token: string; readonly tokenId: string };

/** Mints a token; a judge gets the seat `J1` and everybody the subject `someone` where nothing else is said. */
export async function mint(claims: Json & { readonly role: string }): Promise<Minted> {
  const body = { subject: 'someone', ...(claims.role === 'judge' ? { judge_id: 'J1' } : {}), ...claims };
  const answer = await call('POST', '/api/auth/tokens', { token: adminSecret(), body });
  if (answer.status !== 200) throw new Error(`minting answered ${answer.status} ${answer.text}`);
  return { token: textOf(answer.json, 'token'), tokenId: textOf(answer.json, 'token_id') };
}

/** The fields that a problem document names. */
export function faults(answer: Answer): readonly unknown[] {
  const { errors } = answer.json;
  return Array.isArray(errors) ? errors.map((error: { field: unknown }) => error.field) : [];
}

/** An id that no other test uses. */
export function freshId(prefix: string): string {
  return `${prefix}_${crypto.randomUUID()}`;
}
