import { cornerOf, wireFighter } from '../../../domain/bout/index.ts';
import { CORNERS } from '../../../domain/corner.ts';
import { isId } from '../../../domain/ids.ts';
import { ok, type Outcome, refuse } from '../../../domain/refusal.ts';
import type { LogInput } from '../../../domain/wire/log-body.ts';
import type { OpenBout } from '../context.ts';
import { fighterKey, readNames } from '../people/names.ts';

/**
 * The original API named a fighter by name. The name becomes the corner here, before anything is hashed
 * or stored: leaves hold no names.
 */
export function resolveLegacy({ ledger, state }: OpenBout, input: LogInput): Outcome<LogInput> {
  if (!input.legacy || cornerOf(state.config, input.fighterId) !== null) return ok(input);
  const names = readNames(ledger.storage.sql);
  const asked = input.fighterId.toLowerCase();
  const corner = CORNERS.find((one) => names.get(fighterKey(one))?.toLowerCase() === asked);
  if (corner !== undefined) return ok({ ...input, fighterId: wireFighter(corner) });
  const who = isId(input.fighterId) ? `'${input.fighterId}'` : 'that name';
  return refuse('bad_request', `fighter: ${who} is not a fighter of this bout.`, 'fighter');
}
