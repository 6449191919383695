import {
  factLines,
  type Finding,
  findingText,
  type Report,
  type Verdict,
  verdictWords,
  type Weight,
} from '../../../domain/archive/index.ts';
import { archiveWords } from '../../shared/strings/archive.ts';
import type { Checked } from './check.ts';

const words = archiveWords.check;

type Props = { readonly checked: Checked; readonly report: Report };

/** One damaged length makes every entry behind it unreadable: the first findings say where, the rest is folded away. */
const SHOWN = 10;

/** What a verification has come to: the word and its shape first, then everything that speaks against it, then facts. */
export function VerdictView({ checked, report }: Props) {
  const { verdict, findings } = report;
  // The server's word on itself proves nothing to anybody else, whatever agrees with it.
  const isOwnKey = verdict === 'proven' && checked.key === 'server';
  const { title, meaning } = isOwnKey
    ? { title: words.ownKeyTitle, meaning: words.ownKeyMeaning }
    : verdictWords(report);
  const facts = factLines(report);
  // What cannot be read as a key has checked nothing.
  const by = findings.some(({ code }) => code === 'key_unreadable') ? 'unread' : checked.key;
  return (
    <article class={isOwnKey ? 'verdict own-key' : `verdict ${verdict}`} data-verdict={isOwnKey ? 'own-key' : verdict}>
      <header class="verdict-head">
        <VerdictShape verdict={isOwnKey ? 'own-key' : verdict} />
        <div>
          <h3>{title}</h3>
          <p class="verdict-name">{checked.name}</p>
        </div>
      </header>
      <p class="verdict-meaning">{meaning}</p>
      <p class={by === 'server' || by === 'unread' ? 'verdict-key warn-text' : 'verdict-key hint'}>{words.byKey[by]}</p>
      {checked.strangeReceipts !== null && <p class="warn-text">{words.receiptsOther(checked.strangeReceipts)}</p>}
      <h4>{words.findings}</h4>
      {findings.length === 0 ? (
        <p class="hint">{words.noFindings}</p>
      ) : (
        <ol class="findings">
          {findings.slice(0, SHOWN).map((finding, index) => (
            <FindingLine key={index} finding={finding} />
          ))}
        </ol>
      )}
      {findings.length > SHOWN && (
        <details>
          <summary>{words.moreFindings(findings.length - SHOWN)}</summary>
          <ol class="findings" start={SHOWN + 1}>
            {findings.slice(SHOWN).map((finding, index) => (
              <FindingLine key={index} finding={finding} />
            ))}
          </ol>
        </details>
      )}
      {facts.length > 0 && (
        <>
          <h4>{verdict === 'proven' && !isOwnKey ? words.facts : words.factsUnproven}</h4>
          <ul class="fact-lines">
            {facts.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </>
      )}
    </article>
  );
}

export function NotChecked({ name, why }: { readonly name: string; readonly why: string }) {
  return (
    <article class="verdict not-checked" data-verdict="not-checked">
      <header class="verdict-head">
        <div>
          <h3>{words.notChecked}</h3>
          <p class="verdict-name">{name}</p>
        </div>
      </header>
      <p>{why}</p>
      <p class="hint">{words.notCheckedHint}</p>
    </article>
  );
}

function FindingLine({ finding }: { readonly finding: Finding }) {
  const { weight, words: said, where, file, detail } = findingText(finding);
  return (
    <li class={`finding ${weight}`} data-code={finding.code}>
      <p class="finding-head">
        <WeightShape weight={weight} />
        <b>{words.weight[weight]}</b>
        <span>{said}</span>
      </p>
      <p class="finding-where hint">
        {file !== null && (
          <>
            {words.file} <code>{file}</code>
            {where !== null && ', '}
          </>
        )}
        {where}
        {(file !== null || where !== null) && ': '}
        <span class="finding-detail">{detail}</span>
      </p>
    </li>
  );
}

/** A full ring with a tick, two rings (a key and its own server), an open ring with a question mark, a broken ring, a filled octagon with a cross. */
function VerdictShape({ verdict }: { readonly verdict: Verdict | 'own-key' }) {
  return (
    <svg class="verdict-shape" viewBox="0 0 48 48" aria-hidden="true" focusable="false">
      {verdict === 'proven' && (
        <>
          <circle cx="24" cy="24" r="20" />
          <path d="m15 25 6 6 12-13" />
        </>
      )}
      {verdict === 'own-key' && (
        <>
          <circle cx="17" cy="24" r="13" />
          <circle cx="31" cy="24" r="13" />
        </>
      )}
      {verdict === 'unproven' && (
        <>
          <circle cx="24" cy="24" r="20" />
          <path d="M18.5 19a5.5 5.5 0 1 1 8 5c-1.8 1-2.5 2-2.5 4" />
          <path d="M24 34v.1" />
        </>
      )}
      {verdict === 'incomplete' && (
        <>
          <circle cx="24" cy="24" r="20" stroke-dasharray="12 9" />
          <path d="M15 24h18" />
        </>
      )}
      {verdict === 'broken' && (
        <>
          <path class="filled" d="M15.5 3h17L45 15.5v17L32.5 45h-17L3 32.5v-17Z" />
          <path class="on-filled" d="m16 16 16 16m0-16L16 32" />
        </>
      )}
    </svg>
  );
}

function WeightShape({ weight }: { readonly weight: Weight }) {
  return (
    <svg class="weight-shape" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      {weight === 'broken' && <path d="m3 3 10 10m0-10L3 13" />}
      {weight === 'incomplete' && <circle cx="8" cy="8" r="6" stroke-dasharray="4 3" />}
      {weight === 'unproven' && <path d="M8 2.5 14 13.5H2Z" />}
      {weight === 'note' && <circle class="filled" cx="8" cy="8" r="3" />}
    </svg>
  );
}
