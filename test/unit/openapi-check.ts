const METHODS = ['get', 'post', 'patch', 'delete', 'put', 'head', 'options', 'trace'];
const TYPES = ['object', 'array', 'string', 'number', 'integer', 'boolean', 'null'];
const UNDER_ROOT = ['openapi', 'jsonSchemaDialect', 'info', 'servers', 'tags', 'paths', 'components'];

type Bag = Readonly<Record<string, unknown>>;

function isBag(value: unknown): value is Bag {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function bagIn(value: unknown, key: string): Bag {
  const inner = isBag(value) ? value[key] : undefined;
  return isBag(inner) ? inner : {};
}

function listIn(value: unknown, key: string): readonly unknown[] {
  const inner = isBag(value) ? value[key] : undefined;
  return Array.isArray(inner) ? inner : [];
}

/** Everything in which a document departs from the structure of OpenAPI 3.1, each with its place. */
export function openApiFaults(document: unknown): string[] {
  if (!isBag(document)) return ['the document is no object'];
  const faults: string[] = [];
  const say = (place: string, fault: string): void => void faults.push(`${place}: ${fault}`);
  if (!/^3\.1\.\d+$/.test(String(document.openapi))) say('openapi', 'is not 3.1.x');
  for (const key of Object.keys(document)) if (!UNDER_ROOT.includes(key)) say(key, 'is no field of a document');
  const info = bagIn(document, 'info');
  for (const key of ['title', 'version']) if (typeof info[key] !== 'string') say(`info.${key}`, 'is missing');
  checkRefs(document, document, '', say);
  const ids = new Set<unknown>();
  const tags = listIn(document, 'tags').map((tag) => (isBag(tag) ? tag.name : undefined));
  for (const [path, item] of Object.entries(bagIn(document, 'paths'))) {
    if (!path.startsWith('/')) say(path, 'does not begin with a slash');
    for (const [method, operation] of Object.entries(isBag(item) ? item : {})) {
      const place = `${method} ${path}`;
      if (!METHODS.includes(method)) say(place, 'is no method');
      if (!isBag(operation)) {
        say(place, 'is no operation');
        continue;
      }
      if (typeof operation.operationId !== 'string' || ids.has(operation.operationId)) say(place, 'operationId');
      ids.add(operation.operationId);
      for (const tag of listIn(operation, 'tags')) if (!tags.includes(tag)) say(place, `tag ${String(tag)} is unknown`);
      checkParameters(path, operation, place, say);
      checkContent(operation.requestBody, `${place} requestBody`, say, true);
      checkResponses(operation, place, say);
      checkSecurity(document, operation, place, say);
    }
  }
  for (const [name, schema] of Object.entries(bagIn(bagIn(document, 'components'), 'schemas'))) {
    checkSchema(schema, `components.schemas.${name}`, say);
    if (!/^[A-Za-z0-9._-]+$/.test(name)) say(name, 'is no name of a component');
  }
  return faults;
}

type Say = (place: string, fault: string) => void;

function checkRefs(document: Bag, value: unknown, place: string, say: Say): void {
  if (Array.isArray(value)) value.forEach((one, i) => checkRefs(document, one, `${place}[${i}]`, say));
  if (!isBag(value)) return;
  for (const [key, inner] of Object.entries(value)) {
    if (inner === undefined) say(`${place}.${key}`, 'is undefined');
    if (key === '$ref' && typeof inner === 'string') {
      const target = inner
        .replace(/^#\//, '')
        .split('/')
        .reduce<unknown>((at, step) => (isBag(at) ? at[step] : undefined), document);
      if (!inner.startsWith('#/') || target === undefined) say(place, `${inner} leads nowhere`);
    } else checkRefs(document, inner, `${place}.${key}`, say);
  }
}

function checkParameters(path: string, operation: Bag, place: string, say: Say): void {
  const named = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
  const inPath: unknown[] = [];
  const seen = new Set<string>();
  for (const one of listIn(operation, 'parameters')) {
    if (!isBag(one)) continue;
    const key = `${String(one.in)} ${String(one.name)}`;
    if (seen.has(key)) say(place, `${key} stands twice`);
    seen.add(key);
    if (one.in === 'path') {
      inPath.push(one.name);
      if (one.required !== true) say(place, `${key} is not required`);
    } else if (one.in !== 'query') say(place, `${key} is nowhere`);
    checkSchema(one.schema, `${place} ${key}`, say);
  }
  const differ = named.length !== inPath.length || named.some((name) => !inPath.includes(name));
  if (differ) say(place, 'path and parameters differ');
}

function checkResponses(operation: Bag, place: string, say: Say): void {
  const responses = Object.entries(bagIn(operation, 'responses'));
  if (responses.length === 0) say(place, 'has no responses');
  for (const [status, response] of responses) {
    if (!/^[1-5]\d\d$/.test(status)) say(place, `${status} is no status`);
    if (isBag(response) && typeof response.$ref === 'string') continue;
    if (!isBag(response) || typeof response.description !== 'string') say(`${place} ${status}`, 'has no description');
    checkContent(response, `${place} ${status}`, say, false);
  }
}

function checkContent(holder: unknown, place: string, say: Say, needed: boolean): void {
  if (holder === undefined) return;
  const media = Object.entries(bagIn(holder, 'content'));
  if (needed && media.length === 0) say(place, 'has no content');
  for (const [type, content] of media) {
    if (!/^\w+\/[\w.+-]+$/.test(type)) say(place, `${type} is no media type`);
    checkSchema(isBag(content) ? content.schema : undefined, `${place} ${type}`, say);
  }
}

function checkSecurity(document: Bag, operation: Bag, place: string, say: Say): void {
  const schemes = bagIn(bagIn(document, 'components'), 'securitySchemes');
  for (const way of listIn(operation, 'security')) {
    for (const name of Object.keys(isBag(way) ? way : {})) {
      if (schemes[name] === undefined) say(place, `security ${name} is unknown`);
    }
  }
}

function isPattern(pattern: unknown): boolean {
  if (typeof pattern !== 'string') return pattern === undefined;
  try {
    return new RegExp(pattern, 'u').source !== '';
  } catch {
    return false;
  }
}

/** The keywords of draft 2020-12 that this API uses, each with a value of the right form. */
function checkSchema(schema: unknown, place: string, say: Say): void {
  if (typeof schema === 'boolean') return;
  if (!isBag(schema)) return say(place, 'is no schema');
  const types = Array.isArray(schema.type) ? schema.type : schema.type === undefined ? [] : [schema.type];
  for (const type of types) if (!TYPES.includes(String(type))) say(place, `${String(type)} is no type`);
  if ('$defs' in schema || '$schema' in schema || 'nullable' in schema) say(place, 'holds a keyword of elsewhere');
  if (!isPattern(schema.pattern)) say(place, 'the pattern is none');
  for (const name of listIn(schema, 'required')) {
    if (!(String(name) in bagIn(schema, 'properties'))) say(place, `requires ${String(name)}, which it does not have`);
  }
  for (const [name, inner] of Object.entries(bagIn(schema, 'properties'))) checkSchema(inner, `${place}.${name}`, say);
  for (const key of ['items', 'additionalProperties', 'propertyNames', 'not']) {
    if (key in schema) checkSchema(schema[key], `${place}.${key}`, say);
  }
  for (const key of ['anyOf', 'oneOf', 'allOf', 'prefixItems']) {
    listIn(schema, key).forEach((inner, i) => checkSchema(inner, `${place}.${key}[${i}]`, say));
  }
}
