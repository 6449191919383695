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
          // Clients are to pass over fields that they do not know, so answers do not promise to be closed.
          if (side === 'output' && def.type === 'object' && def.catchall === undefined) {
            delete jsonSchema.additionalProperties;
          }
        },
      });
      const { $schema: _dialect, $defs: defs = {}, ...root } = written;
      for (const [name, definition] of Object.entries(defs)) {
        if (typeof definition !== 'boolean') definitions[`${prefix}_${name}`] = moveRefs(definition, prefix);
      }
      return moveRefs(root, prefix);
    },
  };
}

function moveRefs(schema: JsonSchema, prefix: string): JsonSchema {
  const moved: JsonSchema = JSON.parse(JSON.stringify(schema), (key, value: unknown) =>
    key === '$ref' && typeof value === 'string'
      ? value.replace(/^#\/\$defs\/(.+)$/, `#/components/schemas/${prefix}_$1`)
      : value,
  );
  return moved;
}
