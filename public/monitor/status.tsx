import { monitorWords as words, type ShownStatus } from '../shared/strings/monitor.ts';

/** One shape for each status: told apart without colour. */
function Shape({ status }: { readonly status: ShownStatus }) {
  switch (status) {
    case 'ok':
      return <path d="M6 .5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11Zm2.3 3.3L5.2 7 3.7 5.5l-.9 1 2.4 2.3 4-4.1-.9-.9Z" />;
    case 'warning':
      return <path d="M6 .6 11.8 11H.2L6 .6Zm-.6 3.8v3h1.2v-3H5.4Zm0 3.8v1.2h1.2V8.2H5.4Z" />;
    case 'error':
      return (
        <path d="M3.6.5h4.8l3.1 3.1v4.8l-3.1 3.1H3.6L.5 8.4V3.6L3.6.5Zm.5 2.7-.9.9L5.1 6 3.2 7.9l.9.9L6 6.9l1.9 1.9.9-.9L6.9 6l1.9-1.9-.9-.9L6 5.1 4.1 3.2Z" />
      );
    case 'offline':
      return (
        <path d="M6 .5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11ZM6 2a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM3.4 5.3h5.2v1.4H3.4V5.3Z" />
      );
    case 'unknown':
      return <path d="M6 .5 11.5 6 6 11.5.5 6 6 .5Zm0 2L2.5 6 6 9.5 9.5 6 6 2.5Z" />;
  }
}

/** Shape, word and colour together. */
export function StatusMark({ status }: { readonly status: ShownStatus }) {
  return (
    <span class={`status ${status}`}>
      <svg viewBox="0 0 12 12" aria-hidden="true" focusable="false" fill-rule="evenodd">
        <Shape status={status} />
      </svg>
      <span>{words.status[status]}</span>
    </span>
  );
}
