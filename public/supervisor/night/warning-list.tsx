import { deskWords, warningWords as words } from '../../shared/strings/supervisor-night.ts';
import type { Warning } from './warnings.ts';

export function Warnings({ warnings }: { readonly warnings: readonly Warning[] }) {
  if (warnings.length === 0) return null;
  return (
    <ul class="warnings">
      {warnings.map((warning) => {
        const said = wordsOf(warning);
        return (
          <li key={said}>
            <svg class="arrow" viewBox="0 0 12 12" aria-hidden="true" focusable="false">
              <path d="M6 1.5 11.3 10.5H.7ZM6 5v2.5M6 8.6v.6" />
            </svg>
            {said}
          </li>
        );
      })}
    </ul>
  );
}

function wordsOf(warning: Warning): string {
  switch (warning.kind) {
    case 'no_panel':
    case 'no_devices':
      return words[warning.kind];
    case 'seat_twice':
    case 'seat_without_device':
      return words[warning.kind](warning.seat);
    case 'name_twice':
      return words.name_twice(warning.name, warning.seats.join(', '));
    case 'person_twice':
      return words.person_twice(
        warning.person,
        warning.posts.map(({ role, seat }) => seat ?? deskWords.role[role]).join(', '),
      );
  }
}
