import { ok, type Outcome, type Refusal } from '../refusal.ts';
import type { LeafObject, LeafValue } from './entry.ts';

/** A member's name: an id, and not the one name that JavaScript gives a meaning. */
export const METADATA_KEY_PATTERN = /^(?!__proto__$)[A-Za-z0-9_.:-]{1,64}$/;
const MAX_KEYS = 32;
const MAX_TEXT = 512;
const MAX_EXTRA = 4_096;
const MAX_NESTING = 32;

export type SplitMetadata = { readonly metadata: LeafObject; readonly extra: string | null };

/**
 * Divides a caller's free metadata into what a leaf can hold (text, whole numbers, truth values, null)
 * and the rest (fractions, nesting), which a leaf keeps as JSON text: nothing a client sends is lost,
 * and no number in a leaf can be read in two ways. Refusals name `metadata.<key>`.
 */
export function splitMetadata(raw: Readonly<Record<string, unknown>>): Outcome<SplitMetadata> {
  const keys = Object.keys(raw);
  if (keys.length > MAX_KEYS) return bad('metadata', `at most ${MAX_KEYS} members.`);
  const metadata: Record<string, LeafValue> = {};
  const rest: Record<string, unknown> = {};
  for (const key of keys) {
    if (!METADATA_KEY_PATTERN.test(key)) return bad('metadata', 'a member has a name that is no id.');
    const value = raw[key];
    if (isScalar(value)) metadata[key] = value;
    else rest[key] = value;
    const problem = textProblem(value) ?? nestedProblem(value, MAX_NESTING);
    if (problem !== null) return bad(`metadata.${key}`, problem);
  }
  if (Object.keys(rest).length === 0) return ok({ metadata, extra: null });
  const extra = JSON.stringify(rest);
  return extra.length > MAX_EXTRA
    ? bad('metadata', `nested members are at most ${MAX_EXTRA} characters of JSON.`)
    : ok({ metadata, extra });
}

function bad(field: string, detail: string): Refusal {
  return { ok: false, code: 'bad_request', detail: `${field}: ${detail}`, errors: [{ field, detail }] };
}

/** The metadata as the caller sent it. */
export function joinMetadata(metadata: LeafObject, extra: string | null): Readonly<Record<string, unknown>> {
  if (extra === null) return metadata;
  const rest: unknown = JSON.parse(extra);
  return typeof rest === 'object' && rest !== null ? { ...metadata, ...rest } : metadata;
}

function isScalar(value: unknown): value is string | number | boolean | null {
  return value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isSafeInteger(value);
}

function textProblem(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  if (value.length > MAX_TEXT) return `at most ${MAX_TEXT} characters.`;
  return value.isWellFormed() ? null : 'not well-formed text.';
}

/** A caller's `1e400` reads as infinity and would be written as null; thousands of levels overflow every writer's stack. */
function nestedProblem(value: unknown, levels: number): string | null {
  if (typeof value === 'number') return Number.isFinite(value) ? null : 'a number out of range.';
  if (typeof value !== 'object' || value === null) return null;
  if (levels === 0) return `nested more than ${MAX_NESTING} deep.`;
  for (const member of Object.values(value)) {
    const problem = nestedProblem(member, levels - 1);
    if (problem !== null) return problem;
  }
  return null;
}
