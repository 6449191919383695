type Props = { readonly status: 'ok' | 'warning' | 'offline'; readonly word: string };

const PATHS = {
  ok: 'M2 6.5l3 3 5-7',
  warning: 'M6 1.5 11.3 10.5H.7ZM6 5v2.5M6 8.6v.6',
  offline: 'M2.5 2.5l7 7M9.5 2.5l-7 7',
} as const;

/** A tick, a triangle, a cross, with the word: told apart without colour. */
export function StatusMark({ status, word }: Props) {
  return (
    <span class={`status-mark ${status}`}>
      <svg class="arrow" viewBox="0 0 12 12" aria-hidden="true" focusable="false">
        <path d={PATHS[status]} />
      </svg>
      {word}
    </span>
  );
}
