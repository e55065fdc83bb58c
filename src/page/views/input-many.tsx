/** Many texts: pasted a line each, or a file, dropped or chosen. */

import { useSignal } from '@preact/signals';
import { count } from '../wording.js';
import type { PageProps } from './page.js';

export function InputMany({ state, actions }: PageProps) {
  const over = useSignal(false);
  const { batch, lines, busy, info, task } = state;
  const open = (files: FileList | null | undefined): void => {
    const file = files?.[0];
    if (file) void actions.openFile(file);
  };
  return (
    <div
      class={over.value ? 'many over' : 'many'}
      onDragOver={(event) => {
        event.preventDefault();
        over.value = true;
      }}
      onDragLeave={() => (over.value = false)}
      onDrop={(event) => {
        event.preventDefault();
        over.value = false;
        open(event.dataTransfer?.files);
      }}
    >
      {batch.value ? (
        <p class="batch">
          <span>
            <strong>{batch.value.title}</strong>: {count(batch.value.texts.length, 'text')}
            {labelledNote(batch.value.texts)}
          </span>
          <button type="button" onClick={actions.dropBatch}>
            Back to the box
          </button>
        </p>
      ) : (
        <label class="box">
          <span>Texts, one a line</span>
          <textarea
            rows={6}
            spellcheck={false}
            placeholder="Paste lines here, or drop a .txt, .csv or .tsv file"
            value={lines.value}
            onInput={(event) => actions.writeLines(event.currentTarget.value)}
          />
        </label>
      )}
      <div class="buttons">
        {busy.value ? (
          <button type="button" class="main" onClick={actions.cancel}>
            Cancel
          </button>
        ) : (
          <button
            type="button"
            class="main"
            disabled={!info.value || (!batch.value && lines.value.trim() === '')}
            onClick={() => void actions.runMany()}
          >
            Classify
          </button>
        )}
        <label class="file">
          <input
            type="file"
            accept=".txt,.csv,.tsv,text/plain,text/csv,text/tab-separated-values"
            onChange={(event) => {
              open(event.currentTarget.files);
              // So that the same file, mended, can be chosen again.
              event.currentTarget.value = '';
            }}
          />
          <span>Choose a file</span>
        </label>
      </div>
      <div class="examples" role="group" aria-label="Our sentences">
        <span aria-hidden="true">Or try ours</span>
        <button type="button" onClick={() => void actions.trySentences()}>
          all
        </button>
        {task.value.kinds.map((kind) => (
          <button key={kind} type="button" onClick={() => void actions.trySentences(kind)}>
            {kind}
          </button>
        ))}
      </div>
      <p class="note">
        .txt: a text a line. .csv and .tsv: a header row with the column “text” and, if you have
        them, “label” (a class name or number).
      </p>
    </div>
  );
}

function labelledNote(texts: readonly { label?: string | undefined }[]): string {
  const labelled = texts.filter(({ label }) => label !== undefined).length;
  if (labelled === 0) return ', without labels.';
  return labelled === texts.length ? ', all labelled.' : `, ${labelled.toLocaleString('en')} of them labelled.`;
}
