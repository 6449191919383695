import type { LeafObject, LeafValue } from './entry.ts';

/** Typed reads of a payload's members. A member that is absent or of another type reads as null. */
export function textOf(object: LeafObject, name: string): string | null {
  const value = object[name];
  return typeof value === 'string' ? value : null;
}

export function integerOf(object: LeafObject, name: string): number | null {
  const value = object[name];
  return typeof value === 'number' ? value : null;
}

export function truthOf(object: LeafObject, name: string): boolean {
  return object[name] === true;
}

export function objectOf(object: LeafObject, name: string): LeafObject | null {
  const value = object[name];
  return value !== undefined && isLeafRecord(value) ? value : null;
}

export function listOf(object: LeafObject, name: string): readonly LeafValue[] {
  const value = object[name];
  return value !== undefined && isLeafList(value) ? value : [];
}

export function isLeafRecord(value: LeafValue): value is LeafObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isLeafList(value: LeafValue): value is readonly LeafValue[] {
  return Array.isArray(value);
}
