import { type AddCheckpoint, formatAddCheckpoint } from '../../../domain/log/index.ts';
import type { Witness } from './witness-settings.ts';

const LIMIT_MS = 5_000;
/** Of an answer: far above a cosignature, far below what could hurt. */
const LIMIT_BYTES = 65_536;

/** What a witness answered; `isSize` where it names the size that it knows (409). */
export type WitnessAnswer = { readonly status: number; readonly body: string; readonly isSize: boolean };

/** Sends a checkpoint to a witness: POST <url>/add-checkpoint. Throws where there is no answer that can be read. */
export async function callWitness({ url }: Witness, request: AddCheckpoint): Promise<WitnessAnswer> {
  const response = await fetch(`${url}/add-checkpoint`, {
    method: 'POST',
    body: formatAddCheckpoint(request),
    // Somebody else's address is not the witness's.
    redirect: 'manual',
    signal: AbortSignal.timeout(LIMIT_MS),
  });
  const isSize = (response.headers.get('content-type') ?? '').startsWith('text/x.tlog.size');
  return { status: response.status, body: await readText(response), isSize };
}

async function readText(response: Response): Promise<string> {
  if (response.body === null) return '';
  const body: ReadableStream<Uint8Array> = response.body;
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let text = '';
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    if (length > LIMIT_BYTES) throw new Error(`the witness answered more than ${LIMIT_BYTES} bytes`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
