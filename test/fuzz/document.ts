import { isPictureType } from './picture.ts';
import { checkUnderstood, isRecord, type Resolve, type Schema, schemaOf } from './schema.ts';

export type Parameter = { readonly name: string; readonly required: boolean; readonly schema: Schema };

/** One operation of the server's document: all that the fuzzer knows of a route. */
export type Operation = {
  /** `POST /api/bouts/{bout_id}/clock` */
  readonly key: string;
  readonly method: string;
  readonly path: string;
  readonly roles: readonly string[];
  readonly inPath: readonly Parameter[];
  readonly inQuery: readonly Parameter[];
  /** null where it takes no body of JSON. */
  readonly body: Schema | null;
  /** Media types of the bytes that it takes instead; empty where it takes none. */
  readonly media: readonly string[];
  /** By status; then by media type, as far as the document gives a schema. */
  readonly answers: ReadonlyMap<number, ReadonlyMap<string, Schema>>;
  readonly description: string;
  /** Its answer is a switch of protocols. */
  readonly isSocket: boolean;
};

export type Document = {
  readonly operations: readonly Operation[];
  readonly resolve: Resolve;
  readonly problem: Schema;
  /** Every role that some route admits. */
  readonly roles: readonly string[];
  /** Operations whose path, and method where given, fits a request's path. */
  readonly matching: (method: string, pathname: string) => readonly Operation[];
};

const METHODS = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'trace'];

/** Reads a server's `/api/openapi.json`. @throws Error where something in it is not understood */
export function readDocument(json: unknown): Document {
  const document = schemaOf(json);
  const resolve: Resolve = (ref) => schemaOf(lookUp(document, ref));
  const operations = Object.entries(schemaOf(document['paths'])).flatMap(([path, item]) =>
    Object.entries(schemaOf(item)).map(([method, operation]) => {
      if (!METHODS.includes(method)) throw new Error(`${path}: '${method}' is no method.`);
      return readOperation(path, method, schemaOf(operation), resolve);
    }),
  );
  const problem = resolve('#/components/schemas/Problem');
  checkUnderstood(problem, 'Problem');
  for (const { key, inPath, inQuery, body, answers } of operations) {
    for (const { name, schema } of [...inPath, ...inQuery]) checkUnderstood(schema, `${key} ${name}`);
    if (body !== null) checkUnderstood(body, `${key} body`);
    for (const [status, media] of answers) {
      for (const schema of media.values()) checkUnderstood(schema, `${key} ${status}`);
    }
  }
  return {
    operations,
    resolve,
    problem,
    roles: [...new Set(operations.flatMap((one) => one.roles))],
    matching: (method, pathname) => {
      const all = operations.filter(
        (one) => servedAs(one.method) === servedAs(method) && patternOf(one.path).test(pathname),
      );
      // What takes the rest of an address takes what nobody else does.
      const named = all.filter(({ path }) => !path.endsWith('{path}'));
      return named.length > 0 ? named : all;
    },
  };
}

/** A HEAD is answered as the GET of the same path. */
function servedAs(method: string): string {
  return method === 'HEAD' ? 'GET' : method;
}

/** The path of a target as it stands, and with `.` and `..` folded where it has any; what is escaped is left alone. */
export function pathsOf(target: string): readonly string[] {
  const [path = ''] = target.split(/[?#]/);
  const kept: string[] = [];
  const parts = path.split('/');
  for (const [i, part] of parts.entries()) {
    if (part === '..') kept.splice(Math.max(kept.length - 1, 1));
    else if (part !== '.') kept.push(part);
    if (i === parts.length - 1 && (part === '.' || part === '..')) kept.push('');
  }
  return [...new Set([path, kept.join('/')])];
}

const patterns = new Map<string, RegExp>();

/** Groups of a match are the parts that the path names, in order; `{path}` is the rest, slashes and all. */
export function patternOf(path: string): RegExp {
  const known = patterns.get(path);
  if (known !== undefined) return known;
  const pattern = new RegExp(
    `^${path
      .replaceAll('.', String.raw`\.`)
      .replace('{path}', '(.+)')
      .replaceAll(/\{\w+\}/g, '([^/]+)')}$`,
  );
  patterns.set(path, pattern);
  return pattern;
}

function readOperation(path: string, method: string, operation: Schema, resolve: Resolve): Operation {
  const parameters = listOf(operation['parameters']);
  for (const one of parameters) {
    if (one['in'] !== 'path' && one['in'] !== 'query') throw new Error(`${path}: a parameter in ${String(one['in'])}.`);
  }
  const answers = new Map<number, ReadonlyMap<string, Schema>>();
  for (const [status, written] of Object.entries(schemaOf(operation['responses']))) {
    answers.set(Number(status), mediaOf(follow(schemaOf(written), resolve)));
  }
  const body = operation['requestBody'];
  const roles = operation['x-roles'];
  return {
    key: `${method.toUpperCase()} ${path}`,
    method: method.toUpperCase(),
    path,
    roles: Array.isArray(roles) ? roles.map(String) : [],
    inPath: parameters.filter((one) => one['in'] === 'path').map(parameterOf),
    inQuery: parameters.filter((one) => one['in'] === 'query').map(parameterOf),
    ...(body === undefined ? { body: null, media: [] } : takenBy(path, mediaOf(schemaOf(body)))),
    answers,
    description: String(operation['description'] ?? ''),
    isSocket: answers.has(101),
  };
}

function parameterOf(written: Schema): Parameter {
  return { name: String(written['name']), required: written['required'] === true, schema: schemaOf(written['schema']) };
}

function takenBy(path: string, media: ReadonlyMap<string, Schema>): Pick<Operation, 'body' | 'media'> {
  const schema = media.get('application/json');
  if (schema !== undefined && media.size === 1) return { body: schema, media: [] };
  const types = [...media.keys()];
  if (schema === undefined && types.length > 0 && types.every(isPictureType)) return { body: null, media: types };
  throw new Error(`${path}: the fuzzer sends bodies of JSON, or pictures, not ${types.join(' or ')}.`);
}

function mediaOf({ content }: Schema): ReadonlyMap<string, Schema> {
  const media = Object.entries(isRecord(content) ? content : {}).map(([type, value]) => {
    const { schema } = schemaOf(value);
    return [type, schemaOf(schema)] as const;
  });
  return new Map(media);
}

function follow(written: Schema, resolve: Resolve): Schema {
  const { $ref: ref } = written;
  return typeof ref === 'string' ? resolve(ref) : written;
}

function listOf(value: unknown): readonly Schema[] {
  return Array.isArray(value) ? value.map(schemaOf) : [];
}

function lookUp(document: Schema, ref: string): unknown {
  if (!ref.startsWith('#/')) throw new Error(`${ref} leads out of the document.`);
  const steps = ref.slice(2).split('/');
  return steps.reduce<unknown>((at, step) => (isRecord(at) ? at[step] : undefined), document);
}
