import type { JsonSchema } from './schemas.ts';

/** Values for fields whose form alone says too little; they are the API document's own where it has them. */
const BY_NAME: Readonly<Record<string, unknown>> = {
  bout_id: 'bout_123',
  judge_id: 'JUDGE001',
  judge_name: 'Judge Anderson',
  fighter_id: 'fighter1',
  event_type: 'Jab',
  device_id: 'device_xyz',
  timestamp_ms: 1_234_567_890_000,
  round_id: 1,
  metadata: { significant: true },
  name: 'John Doe',
  promotion: 'Promotion',
  event: 'Fight Night 1',
  card_id: 'card_1',
  subject: 'operator_1',
  time_zone: 'America/Las_Vegas',
  date: '2026-11-21',
  sport: 'mma',
  ruleset: 'mma-unified',
  scheduled_rounds: 3,
  round_length_s: 300,
  reason: 'Why this is done',
  fighter: 'red',
  fighter1: 'John Doe',
  fighter2: 'Mike Smith',
  winner: 'John Doe',
  status: 200,
  success: true,
  chain_valid: true,
  full_event_log_hash_chain_valid: true,
  current: true,
};

/** A value that fits a schema: its own example, default or first choice where it has one. */
export function exampleOf(schema: JsonSchema | boolean, name = ''): unknown {
  if (typeof schema === 'boolean') return {};
  if (schema.examples?.[0] !== undefined) return schema.examples[0];
  if (schema.const !== undefined) return schema.const;
  if (schema.default !== undefined) return schema.default;
  const named = BY_NAME[name];
  if (named !== undefined && fits(schema, named)) return named;
  if (schema.enum?.[0] !== undefined) return schema.enum[0];
  const choice = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])][0];
  if (choice !== undefined) return exampleOf(choice, name);
  return byType(schema, name);
}

function byType(schema: JsonSchema, name: string): unknown {
  switch (typeof schema.type === 'string' ? schema.type : schema.type?.[0]) {
    case 'object':
      return exampleObject(schema);
    case 'array':
      return isOne(schema.items) ? [exampleOf(schema.items, singular(name))] : [];
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 1, 1);
    case 'boolean':
      return false;
    case 'null':
      return null;
    case 'string':
      if (schema.format === 'date') return '2026-11-21';
      return schema.format === 'date-time' ? '2026-11-21T20:00:00Z' : name === '' ? 'text' : name;
    default:
      return {};
  }
}

/** What must be there, and what may be where nothing must: a request that shows its smallest useful form. */
function exampleObject(schema: JsonSchema): Readonly<Record<string, unknown>> {
  const required = schema.required ?? [];
  const shown = Object.entries(schema.properties ?? {}).filter(
    ([key]) => required.length === 0 || required.includes(key),
  );
  return Object.fromEntries(shown.map(([key, value]) => [key, exampleOf(value, key)]));
}

function fits(schema: JsonSchema, value: unknown): boolean {
  if (schema.enum !== undefined) return schema.enum.some((one) => one === value);
  const types = [schema, ...(schema.anyOf ?? [])].flatMap((one) => (typeof one === 'boolean' ? [] : (one.type ?? [])));
  if (typeof value === 'number') return types.includes('integer') || types.includes('number');
  if (typeof value === 'boolean') return types.includes('boolean');
  return types.includes(typeof value === 'string' ? 'string' : 'object');
}

function isOne(items: JsonSchema['items']): items is JsonSchema {
  return typeof items === 'object' && !Array.isArray(items);
}

function singular(name: string): string {
  return name.endsWith('s') ? name.slice(0, -1) : name;
}
