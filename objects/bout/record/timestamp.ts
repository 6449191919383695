import { sha256Bytes, utf8Bytes } from '../../../domain/ledger/index.ts';
import { hexOf } from '../../../domain/log/index.ts';
import { checkTimeStampReply, timeStampRequest } from '../../../domain/timestamp/index.ts';
import type { BoutContext } from '../context.ts';
import { Postponed } from '../jobs/table.ts';
import { contentTypeOf, prefixOf } from './archive.ts';
import { checkpointOf, noteTimestampArchived, readRecord } from './store.ts';
import { within } from '../../within.ts';

export const TIMESTAMP_FILE = 'checkpoint.tsr';

const TSA_MS = 10_000;

/** Far above any reply with its certificates. */
const MAX_REPLY = 1_000_000;

const NONCE_BYTES = 16;

/**
 * Has an authority stamp the seal's checkpoint and puts its reply beside it. A crash after the reply has come asks for
 * another. One that lies there already, from a run that a crash ended or one beside this, is as good and stays: no two
 * replies are the same.
 */
export async function timestamp(context: BoutContext): Promise<void> {
  const { ledger, env } = context;
  const sealed = ledger?.state?.sealed ?? null;
  if (ledger === null || sealed === null || env.TSA_URL === undefined || env.TSA_URL === '') return;
  const { sql } = ledger.storage;
  const { hasTimestamp, conflict } = readRecord(sql);
  if (hasTimestamp || conflict !== null) return;
  const checkpoint = checkpointOf(sql, sealed.index + 1);
  if (checkpoint === null) throw new Postponed('the checkpoint of the seal is not signed yet');
  const key = `${prefixOf(ledger)}${TIMESTAMP_FILE}`;
  if ((await within(TSA_MS, 'R2', env.ARCHIVE.head(key))) === null) {
    const reply = await ask(env.TSA_URL, utf8Bytes(checkpoint.note));
    const httpMetadata = { contentType: contentTypeOf(TIMESTAMP_FILE) };
    const options = { onlyIf: { etagDoesNotMatch: '*' }, sha256: hexOf(sha256Bytes(reply)), httpMetadata };
    await within(TSA_MS, 'R2', env.ARCHIVE.put(key, reply, options));
  }
  noteTimestampArchived(sql);
}

/** The reply to a request for these bytes, checked as far as it can be without knowing whom to trust. */
async function ask(url: string, bytes: Uint8Array): Promise<Uint8Array> {
  const hash = sha256Bytes(bytes);
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const reply = await within(TSA_MS, 'the time-stamp authority', post(url, timeStampRequest(hash, nonce)));
  const checked = await checkTimeStampReply(reply, hash, nonce, crypto.subtle);
  if (!checked.ok) throw new Error(checked.detail);
  return reply;
}

/** RFC 3161, 3.4. */
async function post(url: string, body: Uint8Array): Promise<Uint8Array> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/timestamp-query' },
    body,
  });
  if (!response.ok) throw new Error(`the time-stamp authority answers ${response.status}`);
  const reply = new Uint8Array(await response.arrayBuffer());
  if (reply.length > MAX_REPLY) throw new Error(`the time-stamp authority answers with ${reply.length} bytes`);
  return reply;
}
