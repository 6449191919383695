import { setTimeout as pause } from 'node:timers/promises';
import { noAnswer } from '../no-answer.ts';
import type { RebuildOptions } from './options.ts';
import { problemOf, readTotal } from './wire.ts';

const TRY_AGAIN_MS = 2_000;
const TRIES = 30;
const ANSWER_MS = 30_000;

/** Asks the server, and again where it is away for a while. */
export type IndexClient = {
  /** @throws Error with the server's own words where it refuses, or with the fault where it cannot be reached */
  readonly ask: (method: string, path: string, body: unknown) => Promise<unknown>;
  /** Whether a bout is in the index, or the deployment has it: what is in neither is no bout. */
  readonly knows: (boutId: string) => Promise<boolean>;
};

/** @param show told why it asks again */
export function createIndexClient(
  { url, adminSecret }: Pick<RebuildOptions, 'url' | 'adminSecret'>,
  show: (line: string) => void,
  fetcher: typeof fetch = fetch,
): IndexClient {
  // One that is not there is named at once, one that goes away is waited for.
  let hasAnswered = false;

  /** A page that is asked for again is the same page, so an answer that was lost does no harm. */
  const answerTo = async (method: string, path: string, body: unknown): Promise<Response> => {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await fetcher(url + path, {
        method,
        headers: { authorization: `Bearer ${adminSecret}` },
        signal: AbortSignal.timeout(ANSWER_MS),
        ...(body === null ? {} : { body: JSON.stringify(body) }),
      }).catch((error: unknown) => noAnswer(url, error));
      const isLost = answer instanceof Error;
      const isOver = isLost ? !hasAnswered : answer.status < 500 && answer.status !== 429;
      if (isOver || attempt >= TRIES) {
        if (isLost) throw answer;
        hasAnswered = true;
        return answer;
      }
      show(`${isLost ? answer.message : await refusalOf(path, answer)}; trying again`);
      await pause(TRY_AGAIN_MS);
    }
  };

  const ask = async (method: string, path: string, body: unknown): Promise<unknown> => {
    const answer = await answerTo(method, path, body);
    if (!answer.ok) throw new Error(await refusalOf(path, answer));
    return await answer.json();
  };

  return {
    ask,
    knows: async (boutId) => {
      const found = await ask('GET', `/api/search?bout_id=${encodeURIComponent(boutId)}&limit=1`, null);
      if (readTotal(found) > 0) return true;
      const path = `/api/bouts/${encodeURIComponent(boutId)}`;
      const answer = await answerTo('GET', path, null);
      if (answer.ok || answer.status === 404) return answer.ok;
      throw new Error(await refusalOf(path, answer));
    },
  };
}

async function refusalOf(path: string, answer: Response): Promise<string> {
  const [bare = path] = path.split('?', 1);
  return `${bare} answered ${answer.status}: ${problemOf(await answer.text())}`;
}
