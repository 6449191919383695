import type { Wire } from './wire.ts';

/** A request as a command that sends the same bytes again. */
export function curlOf(url: string, { method, target, headers, body, chunked }: Wire): string {
  const words = ['curl', '-i', '--path-as-is', '-X', method, quoted(`${url}${target}`)];
  for (const [name, value] of headers) words.push('-H', quoted(value === '' ? `${name};` : `${name}: ${value}`));
  if (chunked) words.push('-H', quoted('transfer-encoding: chunked'));
  if (body === null) return words.join(' ');
  const text = body.toString();
  if (Buffer.from(text).equals(body) && !text.includes('\u0000') && body.length < SHOWN_BYTES) {
    return [...words, '--data-binary', quoted(text)].join(' ');
  }
  const fromInput = [...words, '--data-binary', '@-'].join(' ');
  const start = text.trimEnd();
  // What was made large was made so with blanks.
  if (Buffer.from(text).equals(body) && start.length < SHOWN_BYTES && body.length > SHOWN_BYTES) {
    return `printf '%-${body.length}s' ${quoted(start)} | ${fromInput}`;
  }
  return `echo ${shortened(body)} | xxd -r -p | ${fromInput}`;
}

/** Bytes of a bare connection, in hex. */
export function hexOf(url: string, bytes: Buffer): string {
  const { hostname, port } = new URL(url);
  return `echo ${shortened(bytes)} | xxd -r -p | nc -N ${hostname} ${port}   # ${JSON.stringify(bytes.toString('latin1').slice(0, 300))}`;
}

/** What was sent on a socket, frame by frame. */
export function framesOf(
  url: string,
  path: string,
  protocols: readonly string[],
  frames: readonly (string | Uint8Array)[],
): string {
  const lines = frames.map((frame) =>
    typeof frame === 'string'
      ? `text   ${frame.slice(0, 2_000)} (${frame.length})`
      : `binary ${shortened(Buffer.from(frame))}`,
  );
  return [`socket ${url.replace('http', 'ws')}${path} ${protocols.join(', ')}`, ...lines].join('\n  ');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

const SHOWN_BYTES = 4_000;

/** Hex; a body of a mebibyte is padded with blanks, and its beginning says all. */
function shortened(bytes: Buffer): string {
  const hex = bytes.subarray(0, SHOWN_BYTES).toString('hex');
  return bytes.length > SHOWN_BYTES ? `${hex}... (${bytes.length} bytes)` : hex;
}
