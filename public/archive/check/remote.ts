import type { Report } from '../../../domain/archive/index.ts';
import { archiveWords } from '../../shared/strings/archive.ts';
import type { Folder } from './folder.ts';
import type { FromVerifier, Task, ToVerifier } from './protocol.ts';

const words = archiveWords.check;

export type OnProgress = (step: string, done: number, of: number) => void;

/** Verifies a folder. Rejects where it could not be read, which is no word on the record. */
export type Verify = (folder: Folder, task: Task, onProgress: OnProgress) => Promise<Report>;

export type Verifier = {
  /** Fetches what verifying needs, so that it works when the network has gone. */
  readonly prepare: () => void;
  readonly verify: Verify;
};

/** In a worker that is started once and stays: what was loaded needs no network any more. */
export function verifyInWorker(): Verifier {
  let worker: Worker | null = null;
  const failing = new Set<(why: string) => void>();

  const started = (): Worker => {
    if (worker !== null) return worker;
    const next = new Worker(new URL('worker.ts', import.meta.url), { type: 'module' });
    next.addEventListener('error', (event) => {
      // One that could not be loaded, or has fallen over, is of no use to the next run either.
      worker = null;
      next.terminate();
      for (const fail of failing) fail(event.message || words.verifierLost);
    });
    worker = next;
    return next;
  };

  const verify: Verify = async (folder, task, onProgress) => {
    const { port1, port2 } = new MessageChannel();
    let fail: (why: string) => void = () => undefined;
    try {
      return await new Promise<Report>((resolve, reject) => {
        fail = (why) => reject(new Error(why));
        failing.add(fail);
        port1.addEventListener('message', ({ data }: MessageEvent<FromVerifier>) => {
          switch (data.type) {
            case 'read':
            case 'list':
              void answer(folder, data).then((reply) => port1.postMessage(reply));
              return;
            case 'progress':
              onProgress(data.step, data.done, data.of);
              return;
            case 'report':
              resolve(data.report);
              return;
            case 'failed':
              fail(data.why);
          }
        });
        port1.start();
        started().postMessage(task, [port2]);
      });
    } finally {
      failing.delete(fail);
      port1.close();
    }
  };

  return { prepare: () => void started(), verify };
}

async function answer(folder: Folder, asked: FromVerifier & { readonly type: 'read' | 'list' }): Promise<ToVerifier> {
  const { id } = asked;
  try {
    if (asked.type === 'list') return { id, type: 'paths', paths: await folder.list() };
    return { id, type: 'bytes', bytes: await folder.source(asked.path) };
  } catch (error) {
    return { id, type: 'failed', why: error instanceof Error ? error.message : String(error) };
  }
}
