import { isBag } from '../../shared/wire/decode.ts';
import { type Code, COMMAND_IDS, type CommandId, DEFAULT_KEYS, type KeyMap } from './commands.ts';

/** Keys that a browser, a system or the page itself needs: Escape leaves whatever is open. */
const RESERVED =
  /^(?:F\d{1,2}|Escape|Enter|NumpadEnter|(?:Shift|Control|Alt|Meta|OS)(?:Left|Right)|CapsLock|NumLock|ScrollLock|ContextMenu|PrintScreen|Pause|Fn|FnLock|Power|Sleep|WakeUp|Unidentified|)$/;

export function isUsable(code: Code): boolean {
  return !RESERVED.test(code) && code.length <= 32;
}

/** What a key does; null where it does nothing. */
export function commandOf(map: KeyMap, code: Code): CommandId | null {
  return COMMAND_IDS.find((id) => map[id] === code) ?? null;
}

/** The command that has the key already; null where it is free, or the command's own. */
export function holderOf(map: KeyMap, id: CommandId, code: Code): CommandId | null {
  const holder = commandOf(map, code);
  return holder === id ? null : holder;
}

/** Gives a command a key. Whoever had it takes the command's former key, so that no two do the same. */
export function withKey(map: KeyMap, id: CommandId, code: Code): KeyMap {
  const holder = holderOf(map, id, code);
  return { ...map, ...(holder === null ? {} : { [holder]: map[id] }), [id]: code };
}

export function isDefault(map: KeyMap): boolean {
  return COMMAND_IDS.every((id) => map[id] === DEFAULT_KEYS[id]);
}

/** Only what differs is kept, so that a later version's new keys reach who has changed one. */
export function changedKeys(map: KeyMap): Readonly<Record<string, Code | null>> {
  return Object.fromEntries(COMMAND_IDS.filter((id) => map[id] !== DEFAULT_KEYS[id]).map((id) => [id, map[id]]));
}

/** A kept map over the defaults. What somebody chose comes first; a default that is taken then has no key. */
export function readKeys(value: unknown): KeyMap | undefined {
  if (!isBag(value)) return undefined;
  const chosen = new Map<CommandId, Code | null>();
  const taken = new Set<Code>();
  for (const id of COMMAND_IDS) {
    const code = value[id];
    if (code === null) chosen.set(id, null);
    if (typeof code !== 'string' || !isUsable(code) || taken.has(code)) continue;
    chosen.set(id, code);
    taken.add(code);
  }
  const map = { ...DEFAULT_KEYS };
  for (const id of COMMAND_IDS) {
    const own = chosen.get(id);
    const fallback = DEFAULT_KEYS[id];
    map[id] = own !== undefined ? own : fallback !== null && taken.has(fallback) ? null : fallback;
  }
  return map;
}
