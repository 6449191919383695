import { type Audience, AUDIENCES, type Caller, inAudience, type Role } from '../../domain/roles/index.ts';

/** Those who may read a bout whatever it releases: its own rule, which the index cannot ask. */
const AT_WORK: readonly (Role | null)[] = [
  'admin',
  'supervisor',
  'operator',
  'judge',
  'timekeeper',
  'referee',
  'analyst',
];

/** The circles whose bouts a caller may see in the index; null is a caller without a token. */
export function releasedTo(caller: Caller | null): readonly Audience[] {
  const role = caller?.role ?? null;
  return AUDIENCES.filter((audience) => AT_WORK.includes(role) || inAudience(role, audience));
}

/** Whether a caller may search by the names of judges, and by what stands beside them. */
export function isCommission(caller: Caller | null): boolean {
  return inAudience(caller?.role ?? null, 'commission');
}
