import * as z from 'zod';

/** JSON Schema of draft 2020-12, the one that OpenAPI 3.1 speaks. */
export type JsonSchema = z.core.JSONSchema.BaseSchema;

/** Which side of a schema: what a caller may send, or what the server gives. */
export type Side = 'input' | 'output';

/**
 * Turns zod schemas into JSON Schema and gathers the definitions that recursive ones need, since
 * inside an OpenAPI document these may only stand under its components.
 */
export type SchemaWriter = {
  readonly write: (schema: z.ZodType, side: Side, prefix: string) => JsonSchema;
  readonly definitions: Readonly<Record<string, JsonSchema>>;
};

export function schemaWriter(): SchemaWriter {
  const definitions: Record<string, JsonSchema> = {};
  return {
    definitions,
    write: (schema, side, prefix) => {
      const written: JsonSchema = z.toJSONSchema(schema, {
        target: 'draft-2020-12',
        io: side,
        unrepresentable: 'any',
        override: ({ zodSchema, jsonSchema }) => {
          const def = zodSchema._zod.def;
          if (def.type === 'undefined') jsonSchema.not = {};
          // Clients are to pass over fields that they do not know, so answers do not promise to be closed.
          if (side === 'output' && def.type === 'object' && def.catchall === undefined) {
            delete jsonSchema.additionalProperties;
          }
        },
      });
      const { $schema: _dialect, $defs: defs = {}, ...root } = written;
      const anything = new Set(Object.keys(defs).filter((name) => isAnything(defs[name])));
      for (const [name, definition] of Object.entries(defs)) {
        if (typeof definition === 'boolean' || anything.has(name)) continue;
        definitions[`${prefix}_${name}`] = moveRefs(definition, prefix, anything);
      }
      return moveRefs(root, prefix, anything);
    },
  };
}

const JSON_TYPES = ['string', 'number', 'boolean', 'null', 'array', 'object'] as const;

/** `z.json()` comes as a definition that names every type and itself within; all it says is: any JSON at all. */
function isAnything(definition: JsonSchema | boolean | undefined): boolean {
  if (typeof definition !== 'object') return false;
  const types = (definition.anyOf ?? []).map((one) => (typeof one === 'boolean' ? undefined : one.type));
  return JSON_TYPES.every((type) => types.includes(type));
}

/** References lead to the components, but those to `anything` are left out: an empty schema says the same. */
function moveRefs(schema: JsonSchema, prefix: string, anything: ReadonlySet<string>): JsonSchema {
  const moved: JsonSchema = JSON.parse(JSON.stringify(schema), (key, value: unknown) => {
    if (key !== '$ref' || typeof value !== 'string') return value;
    const name = value.replace('#/$defs/', '');
    if (anything.has(name)) return undefined;
    return value === name ? value : `#/components/schemas/${prefix}_${name}`;
  });
  return moved;
}
