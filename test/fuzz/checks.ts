import { PROJECT_ROOT } from '../../cli/project.ts';
import { type Document, type Operation, pathsOf, patternOf } from './document.ts';
import { faultsOf, isRecord, type Schema } from './schema.ts';
import type { Answer, NoAnswer, Wire } from './wire.ts';

/** One thing that is not as it must be. `check` names the rule, which tells two faults apart. */
export type Fault = { readonly check: string; readonly detail: string };

/** Everything in which an answer departs from what the server's own document promises. */
export function faultsOfAnswer(document: Document, wire: Wire, answer: Answer | NoAnswer): readonly Fault[] {
  if ('failure' in answer) {
    // The runtime hangs up on whoever sends a large body that nobody reads, sometimes before its answer is through.
    const unread = answer.failure === 'broken' && (wire.body?.length ?? 0) >= LARGE_BODY;
    return unread ? [] : [{ check: answer.failure, detail: answer.detail }];
  }
  if (isOfTheRuntime(answer)) return [];
  const general = [
    ...leaks(answer.text),
    ...(answer.status >= 500
      ? [{ check: 'server error', detail: `${answer.status} ${answer.text.slice(0, 300)}` }]
      : []),
  ];
  // Whoever folds `/./` and whoever does not are both right: one reading of the path has to fit.
  const readings = pathsOf(wire.target).map((pathname) => faultsAt(document, wire, answer, pathname));
  return [...general, ...(readings.find((faults) => faults.length === 0) ?? readings[0] ?? [])];
}

function faultsAt(document: Document, wire: Wire, answer: Answer, pathname: string): readonly Fault[] {
  const operations = document.matching(wire.method, pathname);
  const [operation] = operations;
  return [
    ...originFaults(wire, answer, pathname),
    ...(answer.status >= 400 && wire.method !== 'HEAD' && pathname.startsWith('/api/')
      ? problemFaults(document, answer)
      : []),
    ...(operation === undefined
      ? nowhereFaults(wire, answer, pathname)
      : undocumented(document, operation, wire, answer)),
    ...operations.flatMap((one) => wronglyAccepted(document, one, wire, answer, pathname)),
  ];
}

/** A page of any origin may read whatever the API answers; a socket is not held to origins. */
function originFaults(wire: Wire, { status, headers }: Answer, pathname: string): readonly Fault[] {
  const allowed = headers['access-control-allow-origin'];
  if (!pathname.startsWith('/api/') || status === 101 || allowed === '*') return [];
  return [{ check: 'origin', detail: `${wire.method} ${pathname} answers ${status} for ${String(allowed)} origin` }];
}

const LARGE_BODY = 65_535;

/** The runtime itself refuses what is no WebSocket handshake, or an address without end, before the product sees it. */
function isOfTheRuntime({ status, type, text }: Answer): boolean {
  if (type !== 'text/plain') return false;
  return status === 414 ? text === 'URI too long' : status < 500 && /^ERROR: .*WebSocket/.test(text);
}

/** Whether the server said no: then nothing may have been written. */
export function isRefusal(answer: Answer | NoAnswer): boolean {
  if ('failure' in answer) return false;
  const json = parsed(answer.text);
  const { is_duplicate: isDuplicate, code } = isRecord(json) ? json : {};
  // A repeat is answered as one and noted; what a fenced device sends is kept for review.
  return answer.status >= 400 && answer.status < 500 && isDuplicate !== true && code !== 'fenced';
}

export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const LEAKS: readonly RegExp[] = [
  /^\s+at \S.*:\d+/m,
  /\b[\w-]+\.(?:ts|js|mjs|cjs):\d+/,
  /node_modules/,
  /\bSQLITE_/,
  /\b(?:Type|Reference|Range|Syntax|Internal)Error\b/,
  /(?:^|[\s"'(])\/(?:home|root|tmp|usr|var)\//,
];

/** What says more of the server's inside than anybody should be told. */
export function leaks(text: string): readonly Fault[] {
  const inside = LEAKS.map((pattern) => pattern.exec(text)?.[0]).find((found) => found !== undefined);
  const found = text.includes(PROJECT_ROOT) ? PROJECT_ROOT : inside;
  return found === undefined ? [] : [{ check: 'leak', detail: `the answer has '${found.trim()}' in it` }];
}

function problemFaults(document: Document, { status, type, text }: Answer): readonly Fault[] {
  const json = parsed(text);
  // The same delivery again: the first answer, by the status that says so.
  if (status === 409 && type === 'application/json' && isRecord(json) && json['is_duplicate'] === true) return [];
  const fault = (detail: string): Fault => ({ check: 'problem', detail: `${status} ${type}: ${detail}` });
  if (type !== 'application/problem+json') return [fault(`no problem document: ${text.slice(0, 200)}`)];
  if (!isRecord(json)) return [fault('no JSON')];
  const { status: written, detail, title, errors } = json;
  return [
    ...faultsOf(document.problem, json, document.resolve).map(fault),
    ...(written === status ? [] : [fault(`it says that its status is ${String(written)}`)]),
    ...([detail, title].every((words) => typeof words === 'string' && words !== '') ? [] : [fault('it says nothing')]),
    ...(status === 400 && !(Array.isArray(errors) && errors.length > 0) ? [fault('it names no field')] : []),
  ];
}

/** There is no such operation: under /api that is 404, whatever was sent. */
function nowhereFaults(wire: Wire, { status }: Answer, pathname: string): readonly Fault[] {
  const mayBe = wire.method === 'OPTIONS' ? [204, 404] : [404];
  if (!pathname.startsWith('/api/') || mayBe.includes(status)) return [];
  return [{ check: 'nowhere', detail: `${wire.method} ${pathname} is in no document and answers ${status}` }];
}

function undocumented(document: Document, operation: Operation, wire: Wire, answer: Answer): readonly Fault[] {
  const { status, type, text } = answer;
  const media = operation.answers.get(status);
  if (media === undefined) {
    return [{ check: 'undocumented status', detail: `${operation.key} answers ${status}, which its document lacks` }];
  }
  if (media.size === 0 || wire.method === 'HEAD') return [];
  const schema = media.get(type.split(';')[0] ?? '');
  if (schema === undefined) {
    return [{ check: 'undocumented type', detail: `${operation.key} answers ${status} as '${type}'` }];
  }
  return faultsOf(schema, parsed(text), document.resolve)
    .slice(0, 3)
    .map((fault) => ({ check: 'answer', detail: `${operation.key} ${status}: ${fault}` }));
}

/** What the document's schema refuses was taken: one of the two is wrong. */
function wronglyAccepted(
  document: Document,
  operation: Operation,
  wire: Wire,
  answer: Answer,
  pathname: string,
): readonly Fault[] {
  if (answer.status >= 300) return [];
  const inPath = patternOf(operation.path).exec(pathname)?.slice(1) ?? [];
  const query = new URLSearchParams(/\?([^#]*)/.exec(wire.target.split('#')[0] ?? '')?.[1] ?? '');
  const faults = [
    ...operation.inPath.flatMap(({ name, schema }, i) => textFaults(document, schema, decoded(inPath[i] ?? ''), name)),
    ...operation.inQuery.flatMap(({ name, schema, required }) => {
      const value = query.get(name);
      if (value === null) return required ? [`${name} is missing`] : [];
      return textFaults(document, schema, value, name);
    }),
    ...(operation.body === null ? [] : bodyFaults(document, operation.body, wire.body, answer)),
  ];
  return faults.slice(0, 3).map((fault) => ({
    check: 'accepted',
    detail: `${operation.key} answers ${answer.status} to what its document refuses: ${fault}`,
  }));
}

/** In a path and a query everything is text: `7` is the number where a number is asked for. */
function textFaults(document: Document, schema: Schema, text: string, name: string): readonly string[] {
  const asText = faultsOf(schema, text, document.resolve, name);
  const asNumber = /^-?\d+$/.test(text) ? faultsOf(schema, Number(text), document.resolve, name) : asText;
  return asNumber.length === 0 ? [] : asText;
}

function bodyFaults(document: Document, schema: Schema, body: Buffer | null, answer: Answer): readonly string[] {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(body ?? Buffer.alloc(0)));
  } catch {
    return ['the body is no JSON'];
  }
  const given = parsed(answer.text);
  const results = isRecord(given) && Array.isArray(given['results']) ? given['results'] : [];
  return faultsOf(schema, json, document.resolve).filter((fault) => {
    // A list that is answered item by item refuses the items that are wrong, and them alone.
    const item = Number(/^\$\.events\[(?<index>\d+)\]/.exec(fault)?.groups?.['index'] ?? -1);
    const result: unknown = results[item];
    return !(isRecord(result) && result['success'] === false);
  });
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
