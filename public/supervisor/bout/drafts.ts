import { effect, type Signal, signal } from '@preact/signals';
import { type Bag, isBag, parseJson } from '../../shared/wire/decode.ts';

export type Fields = Readonly<Record<string, string | boolean>>;

/** What has been typed into the forms of one bout. It survives a form that is closed, a refusal and a reload. */
export type Drafts = {
  readonly of: <T extends Fields>(form: string, blank: T) => Signal<T>;
  readonly stop: () => void;
};

export function openDrafts(boutId: string): Drafts {
  const open = new Map<string, { readonly draft: Signal<Fields>; readonly stop: () => void }>();
  const keyOf = (form: string): string => `fightjudge.desk|${boutId}|${form}`;
  return {
    of: <T extends Fields>(form: string, blank: T): Signal<T> => {
      const key = keyOf(form);
      const known = open.get(key)?.draft;
      // A form has one blank and so one shape: what is open under its name was made from it.
      if (known !== undefined && hasShape(known, blank)) return known;
      const draft = signal<T>(read(key, blank));
      open.set(key, { draft, stop: effect(() => write(key, draft.value)) });
      return draft;
    },
    stop: () => {
      for (const { stop } of open.values()) stop();
      open.clear();
    },
  };
}

function hasShape<T extends Fields>(draft: Signal<Fields>, blank: T): draft is Signal<T> {
  return Object.entries(blank).every(([name, value]) => typeof draft.peek()[name] === typeof value);
}

/** A form filled with what was kept of it; what does not fit is left blank. */
export function filled<T extends Fields>(blank: T, kept: Bag): T {
  const known = Object.entries(kept).filter(([name, value]) => name in blank && typeof value === typeof blank[name]);
  return { ...blank, ...Object.fromEntries(known) };
}

function read<T extends Fields>(key: string, blank: T): T {
  try {
    const stored = parseJson(sessionStorage.getItem(key) ?? '');
    return isBag(stored) ? filled(blank, stored) : blank;
  } catch {
    return blank;
  }
}

function write(key: string, fields: Fields): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(fields));
  } catch {
    // Without storage what was typed lives as long as the page.
  }
}
