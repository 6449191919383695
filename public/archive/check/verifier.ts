import { verifyArchive } from '../../../domain/archive/index.ts';
import type { FromVerifier, Task, ToVerifier } from './protocol.ts';
import { subtle } from './subtle.ts';

/**
 * The verifier in a thread of its own: ten thousand entries are folded and hashed in one go, and the page goes on being
 * drawn. It reads nothing by itself; whatever it wants it asks the page for.
 */
export async function serveTask(port: MessagePort, { key, boutId, checkpoints, receipts }: Task): Promise<void> {
  const waiting = new Map<number, (answer: ToVerifier) => void>();
  let asked = 0;
  const say = (message: FromVerifier): void => port.postMessage(message);
  const ask = async (message: { readonly type: 'read'; readonly path: string } | { readonly type: 'list' }) => {
    const id = (asked += 1);
    return await new Promise<ToVerifier>((resolve) => {
      waiting.set(id, resolve);
      say({ ...message, id });
    });
  };
  port.addEventListener('message', ({ data }: MessageEvent<ToVerifier>) => {
    waiting.get(data.id)?.(data);
    waiting.delete(data.id);
  });
  port.start();
  const source = async (path: string): Promise<Uint8Array | null> => {
    const answer = await ask({ type: 'read', path });
    if (answer.type === 'bytes') return answer.bytes;
    throw new Error(answer.type === 'failed' ? answer.why : path);
  };
  const list = async (): Promise<readonly string[]> => {
    const answer = await ask({ type: 'list' });
    if (answer.type === 'paths') return answer.paths;
    throw new Error(answer.type === 'failed' ? answer.why : 'list');
  };
  const onProgress = (step: string, done: number, of: number): void => say({ type: 'progress', step, done, of });
  try {
    const report = await verifyArchive(source, {
      key,
      subtle,
      list,
      onProgress,
      checkpoints,
      receipts,
      ...(boutId === null ? {} : { boutId }),
    });
    say({ type: 'report', report });
  } catch (error) {
    say({ type: 'failed', why: error instanceof Error ? error.message : String(error) });
  } finally {
    port.close();
  }
}
