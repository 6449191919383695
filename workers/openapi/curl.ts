import type { Operation } from './document.ts';
import { exampleOf } from './example.ts';

/** A request as commands for a shell; `SERVER`, `TOKEN` and `ADMIN_SECRET` are set as the introduction says. */
export function curlOf(method: string, path: string, operation: Operation): string {
  const { parameters = [], requestBody, security } = operation;
  const inPath = parameters.filter((one) => one.in === 'path');
  // curl takes braces in an address for a list of addresses, so the path holds variables of the shell.
  const settings = inPath.map(({ name, schema }) => `${name.toUpperCase()}=${quoted(String(exampleOf(schema, name)))}`);
  const address = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => `$${name.toUpperCase()}`);
  const secret = operation['x-permission'] === 'token.mint' ? 'ADMIN_SECRET' : 'TOKEN';
  const needsToken = !security.some((way) => Object.keys(way).length === 0);
  const media = requestBody?.content['application/json'];
  const bytes = media === undefined ? Object.keys(requestBody?.content ?? {})[0] : undefined;
  const request = [
    `curl -X ${method.toUpperCase()} "$SERVER${address}"`,
    ...(needsToken ? [`-H "Authorization: Bearer $${secret}"`] : []),
    ...(media === undefined ? [] : [`-d ${quoted(JSON.stringify(media.example, null, 2))}`]),
    ...(bytes === undefined ? [] : [`-H 'Content-Type: ${bytes}'`, '--data-binary @file']),
  ].join(' \\\n  ');
  return [...settings, request].join('\n');
}

/** One word of the shell: as it is where nothing in it means anything to the shell. */
function quoted(text: string): string {
  return /^[\w.:-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
