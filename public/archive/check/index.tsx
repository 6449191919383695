import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { archiveWords } from '../../shared/strings/archive.ts';
import type { Archive } from '../archive.ts';
import { filesChosen, filesDropped, givenIn, type GivenFile } from './folder.ts';
import { KeyFields } from './key-fields.tsx';
import { RunView } from './run-view.tsx';

const words = archiveWords.check;

/** Somebody's own copies, checked on the device alone. */
export function CheckView({ archive }: { readonly archive: Archive }) {
  const { check } = archive;
  const run = check.run.value;
  const own = run !== null && run.boutId === null ? run : null;
  const start = (files: Promise<readonly GivenFile[]>): void => {
    void check.start(async () => givenIn(await files), null);
  };
  return (
    <div class="check">
      <section class="panel check-give" aria-labelledby="check-title">
        <h1 id="check-title">{words.title}</h1>
        <p>{words.lead}</p>
        <p class="check-local">
          <LocalMark />
          {words.local}
        </p>
        <KeyFields archive={archive} withHeld />
        <DropZone onGiven={start} />
      </section>
      <RunView run={own} />
    </div>
  );
}

function LocalMark() {
  return (
    <svg class="local-mark" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <rect x="3.5" y="1.5" width="9" height="13" rx="1.5" />
      <path d="M7 12.5h2" />
    </svg>
  );
}

function DropZone({ onGiven }: { readonly onGiven: (files: Promise<readonly GivenFile[]>) => void }) {
  const over = useSignal(false);
  const zip = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const chosen = (event: Event & { readonly currentTarget: HTMLInputElement }): void => {
    const input = event.currentTarget;
    const files = [...(input.files ?? [])];
    // The same one, mended meanwhile, can be chosen again.
    input.value = '';
    if (files.length > 0) onGiven(filesChosen(files));
  };
  return (
    <div
      class={over.value ? 'drop over' : 'drop'}
      onDragOver={(event) => {
        event.preventDefault();
        over.value = true;
      }}
      onDragLeave={(event) => {
        if (event.target === event.currentTarget) over.value = false;
      }}
      onDrop={(event) => {
        event.preventDefault();
        over.value = false;
        if (event.dataTransfer !== null) onGiven(filesDropped(event.dataTransfer));
      }}
    >
      <p class="drop-words">
        <b>{over.value ? words.dropNow : words.drop}</b>
        <span class="hint">{words.dropHint}</span>
      </p>
      <div class="row drop-buttons">
        <button type="button" onClick={() => zip.current?.click()}>
          {words.chooseZip}
        </button>
        <button type="button" onClick={() => folder.current?.click()}>
          {words.chooseFolder}
        </button>
      </div>
      <input ref={zip} type="file" hidden multiple accept=".zip,application/zip" data-give="zip" onChange={chosen} />
      <input
        ref={(input) => {
          folder.current = input;
          if (input !== null) input.webkitdirectory = true;
        }}
        type="file"
        hidden
        multiple
        data-give="folder"
        onChange={chosen}
      />
    </div>
  );
}
