import type { ReadonlySignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import type { Connection } from '../live/link.ts';
import { words } from '../strings/common.ts';
import { ConnectionBadge } from './connection.tsx';
import { Mark } from './mark.tsx';

type TopProps = {
  /** The page's own name, beside the product's. */
  readonly title: string;
  readonly connection: ReadonlySignal<Connection>;
  /** Between the name and the connection: unsent work, who one is. */
  readonly children?: ComponentChildren;
};

/** The bar at the top of every working page. Its main content has the id `main`. */
export function Top({ title, connection, children }: TopProps) {
  return (
    <>
      <a class="skip" href="#main">
        {words.skipToMain}
      </a>
      <header class="top">
        <div class="top-inner">
          <a class="brand" href="/">
            <Mark />
            <span class="visually-hidden">{words.product}</span>
            <span class="brand-title">{title}</span>
          </a>
          <div class="top-extra">
            {children}
            <ConnectionBadge connection={connection} />
          </div>
        </div>
      </header>
    </>
  );
}
