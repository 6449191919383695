import { html } from 'hono/html';
import {
  ACTION_TYPES,
  CONTROL_KINDS,
  controlName,
  MAX_BACKFILL_MS,
  POSITIONS,
  TARGETS,
  tierName,
  typeFacts,
} from '../../domain/actions/index.ts';
import type { Html } from './page-schema.ts';

export const ACTIONS_ANCHOR = 'action-types';

/** What `event_type` and `metadata` may say, from the one catalogue that the server itself reads them by. */
export function actionSection(): Html {
  return html`<section aria-labelledby="${ACTIONS_ANCHOR}">
    <h2 id="${ACTIONS_ANCHOR}">Action types</h2>
    <p>
      The names that <code>event_type</code> takes. Letter case, spaces and punctuation do not matter. A tier or a kind
      of control may follow the name (<code>KD Hard</code>, <code>CTRL_START_TOP</code>), and <code>SS</code> before the
      name of a strike makes it significant (<code>SS Jab</code>). What the name does not say, <code>metadata</code>
      does; the two must not contradict each other.
    </p>
    <div class="wide" tabindex="0" role="group" aria-label="Action types">
      <table>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Aspect</th>
            <th scope="col">Tiers, from the lowest</th>
            <th scope="col">Also called</th>
            <th scope="col">Says by itself</th>
          </tr>
        </thead>
        <tbody>
          ${ACTION_TYPES.map((type) => {
            const { wire, aspect, significance, tiers, aliases, target, position } = typeFacts(type);
            const said = [
              ...(significance ? ['may be significant'] : []),
              ...(target === null ? [] : [`target ${target}`]),
              ...(position === null ? [] : [`position ${position}, unless told otherwise`]),
            ];
            return html`<tr>
              <th scope="row"><code>${wire}</code></th>
              <td>${aspect ?? 'none'}</td>
              <td>${codes(tiers.map(tierName))}</td>
              <td>${codes(aliases)}</td>
              <td>${said.join(', ')}</td>
            </tr>`;
          })}
        </tbody>
      </table>
    </div>
    <h3 class="step" id="action-metadata">Metadata of an action</h3>
    <div class="wide" tabindex="0" role="group" aria-label="Metadata of an action">
      <table>
        <tbody>
          ${METADATA.map(
            ({ field, words, meaning }) =>
              html`<tr>
                <th scope="row"><code>${field}</code></th>
                <td>${codes(words)}</td>
                <td>${meaning}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`;
}

type MetadataFacts = { readonly field: string; readonly words: readonly string[]; readonly meaning: string };

const METADATA: readonly MetadataFacts[] = [
  { field: 'significant', words: ['true', 'false'], meaning: 'For strikes; false where left out.' },
  {
    field: 'tier',
    words: [],
    meaning: 'One of the tiers of the type, also as quality or severity; the lowest where left out.',
  },
  { field: 'target', words: TARGETS, meaning: 'What was struck.' },
  { field: 'position', words: POSITIONS, meaning: 'Where it happened.' },
  {
    field: 'control',
    words: CONTROL_KINDS.map(controlName),
    meaning: 'The kind of control. A start needs it; a stop without it ends whatever the corner holds.',
  },
  {
    field: 'backfill_ms',
    words: [],
    meaning: `For a start that reports control after the fact: how long it lasted up to now, 1 to ${MAX_BACKFILL_MS} ms.`,
  },
];

function codes(words: readonly string[]): readonly (Html | string)[] {
  return words.map((word, i) => html`${i === 0 ? '' : ', '}<code>${word}</code>`);
}
