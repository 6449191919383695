import type { Role } from '../../domain/roles/index.ts';

/** Where a role's work is. */
export function pageOf(role: Role): string {
  switch (role) {
    case 'judge':
      return '/judge';
    case 'operator':
      return '/operator';
    case 'admin':
    case 'supervisor':
    case 'timekeeper':
    case 'referee':
      return '/supervisor';
    case 'broadcaster':
      return '/commentary';
    default:
      return '/';
  }
}
