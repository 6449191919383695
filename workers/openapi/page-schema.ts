import { html } from 'hono/html';
import { ID_PATTERN } from '../../domain/ids.ts';
import type { JsonSchema } from './schemas.ts';

export type Html = ReturnType<typeof html>;

/** The fields of an object as lines of a table; nested ones follow with their path written out. */
export function fieldTable(schema: JsonSchema, caption: string): Html {
  const rows = fieldRows(schema, '');
  if (rows.length === 0) return html`<p class="soft">${typeInWords(schema)}</p>`;
  return html`<div class="wide" tabindex="0" role="group" aria-label="${caption}">
    <table>
      <thead>
        <tr>
          <th scope="col">Field</th>
          <th scope="col">Type</th>
          <th scope="col">Meaning</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ path, required, field }) =>
            html`<tr>
              <th scope="row"><code>${path}</code>${required ? html` <span class="need">required</span>` : ''}</th>
              <td>${typeInWords(field)}</td>
              <td>${inlineCode(field.description ?? '')} ${furtherOf(path)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

/** The catalogue of actions is too long for a field's line. */
function furtherOf(path: string): Html | '' {
  return /(?:^|\.)event_type$/.test(path) ? html`<a href="#action-types">Action types</a>` : '';
}

type FieldRow = { readonly path: string; readonly required: boolean; readonly field: JsonSchema };

const DEEPEST = 4;

function fieldRows(schema: JsonSchema, at: string, depth = 0): FieldRow[] {
  const inner = objectWithin(schema);
  if (inner === null || depth >= DEEPEST) return [];
  return Object.entries(inner.schema.properties ?? {}).flatMap(([name, field]) => {
    if (typeof field === 'boolean') return [];
    const path = `${at}${inner.suffix}${at === '' && inner.suffix === '' ? '' : '.'}${name}`;
    const required = inner.schema.required?.includes(name) ?? false;
    return [{ path, required, field }, ...fieldRows(field, path, depth + 1)];
  });
}

/** The object that a field holds: itself, each of a list's items, or the one that is not null. */
function objectWithin(schema: JsonSchema): { readonly schema: JsonSchema; readonly suffix: string } | null {
  if (schema.properties !== undefined) return { schema, suffix: '' };
  if (typeof schema.items === 'object' && !Array.isArray(schema.items)) {
    const inner = objectWithin(schema.items);
    return inner === null ? null : { schema: inner.schema, suffix: `[]${inner.suffix}` };
  }
  for (const one of schema.anyOf ?? []) {
    const inner = typeof one === 'boolean' ? null : objectWithin(one);
    if (inner !== null) return inner;
  }
  return null;
}

const ANYTHING = 'anything (JSON)';

/** `text, 1 to 64 characters` or `"red" or "blue"`: type and constraints as a person would say them. */
export function typeInWords(schema: JsonSchema | boolean): string {
  if (typeof schema === 'boolean') return ANYTHING;
  // The name of a definition is the document's own affair; what is left of them are forms that hold themselves.
  if (schema.$ref !== undefined) return 'nested likewise';
  if (schema.not !== undefined) return 'to be left out';
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(', ');
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return [...new Set(choices.map(typeInWords))].join(' or ');
  const words = [baseType(schema), ...constraints(schema)].join(', ');
  return schema.default === undefined ? words : `${words}; ${JSON.stringify(schema.default)} where left out`;
}

function baseType(schema: JsonSchema): string {
  if (isIdSchema(schema)) return 'id, 1 to 64 of A-Z a-z 0-9 _ . : -';
  if (schema.type === 'array') {
    return typeof schema.items === 'object' && !Array.isArray(schema.items)
      ? `list of ${typeInWords(schema.items)}`
      : 'list';
  }
  return (Array.isArray(schema.type) ? schema.type.join(' or ') : schema.type) ?? ANYTHING;
}

function constraints(schema: JsonSchema): string[] {
  const { minLength, maxLength, minItems, maxItems } = schema;
  return [
    schema.format ?? '',
    range(minLength, maxLength, 'characters'),
    range(minItems, maxItems, 'items'),
    range(schema.minimum, withoutLimit(schema.maximum), ''),
    schema.format === undefined && schema.pattern !== undefined && !isIdSchema(schema)
      ? `matching ${schema.pattern}`
      : '',
  ].filter((part) => part !== '');
}

function isIdSchema(schema: JsonSchema): boolean {
  return schema.pattern === ID_PATTERN.source;
}

/** zod writes the largest safe integer where there is no limit of ours. */
function withoutLimit(maximum: number | undefined): number | undefined {
  return maximum === Number.MAX_SAFE_INTEGER ? undefined : maximum;
}

function range(from: number | undefined, to: number | undefined, unit: string): string {
  const least = from === Number.MIN_SAFE_INTEGER ? undefined : from;
  const words =
    least !== undefined && to !== undefined
      ? least === to
        ? `${least}`
        : `${least} to ${to}`
      : least !== undefined
        ? `at least ${least}`
        : to !== undefined
          ? `at most ${to}`
          : '';
  return words === '' || unit === '' ? words : `${words} ${unit}`;
}

/** Text with `code` between backquotes. */
export function inlineCode(text: string): readonly (Html | string)[] {
  return text.split('`').map((part, i) => (i % 2 === 1 ? html`<code>${part}</code>` : part));
}
