import type { ComponentChildren } from 'preact';

type NoticeProps = {
  readonly title: string;
  readonly hint?: string;
  readonly children?: ComponentChildren;
};

/** Everything a page has to say when it cannot show what it is for. */
export function Notice({ title, hint, children }: NoticeProps) {
  return (
    <section class="panel notice" role="status">
      <h1>{title}</h1>
      {hint !== undefined && <p class="hint">{hint}</p>}
      {children}
    </section>
  );
}
