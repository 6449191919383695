import { createServer, type IncomingMessage } from 'node:http';
import { once } from 'node:events';

/** A call on its way out of the product, at one of its two ends. */
export type Moment = {
  /** `bout:ID`, `platform`, `queue:ID` (the consumer, for a bout), `queue` (a message that is delivered), or `worker`. */
  readonly who: string;
  /** Binding and method: `ARCHIVE.put`. */
  readonly name: string;
  readonly key: string;
  /** Of what is put, hexadecimal. */
  readonly sha256: string | null;
  readonly at: 'before' | 'after';
  /** After: whether there was an answer other than null, which for a put means that it was taken. */
  readonly taken: boolean | null;
};

/** `fail` before a call keeps it from being made; after it, its answer is lost. A promise that never resolves hangs it. */
export type Word = 'go' | 'fail';

export type Rule = (moment: Moment) => Word | Promise<Word>;

export type Gate = {
  readonly url: string;
  /** Every moment that has come by, in order. */
  readonly moments: readonly Moment[];
  /** From now on; what hangs goes on hanging. */
  readonly rule: (rule: Rule) => void;
  readonly close: () => void;
};

export const GO: Rule = () => 'go';

/** A promise that nobody keeps. */
export async function never(): Promise<never> {
  return await new Promise(() => undefined);
}

export async function openGate(): Promise<Gate> {
  const moments: Moment[] = [];
  let present: Rule = GO;
  const server = createServer((request, response) => {
    void bodyOf(request).then(async (text) => {
      const moment: Moment = JSON.parse(text);
      moments.push(moment);
      response.end(await present(moment));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The gate has no port.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    moments,
    rule: (rule) => {
      present = rule;
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += String(chunk);
  return text;
}
