/** Many texts: pasted a line each, or a file, dropped or chosen. */

import { useSignal } from '@preact/signals';
import { words } from '../words/index.js';
import { dropZone } from './drop-zone.js';
import type { PageProps } from './page.js';

export function InputMany({ state, actions }: PageProps) {
  const over = useSignal(false);
  const { input: said, texts, kinds, all } = words.value;
  const { batch, lines, busy, info, task } = state;
  const pairs = state.pairs.value;
  const open = (files: FileList | null | undefined): void => {
    const file = files?.[0];
    if (file) void actions.openFile(file);
  };
  return (
    <div
      class={over.value ? 'many over' : 'many'}
      {...dropZone(over, ({ files }) => open(files))}
    >
      {batch.value ? (
        <p class="batch">
          <span>
            <strong>{batch.value.title}</strong>
            {said.batch(texts(batch.value.texts.length), labelledNote(batch.value.texts))}
          </span>
          <button type="button" onClick={actions.dropBatch}>
            {said.back}
          </button>
        </p>
      ) : (
        <label class="box">
          <span>{pairs ? said.pairs : said.lines}</span>
          <textarea
            rows={6}
            spellcheck={false}
            placeholder={said.linesPlaceholder}
            value={lines.value}
            onInput={(event) => actions.writeLines(event.currentTarget.value)}
          />
        </label>
      )}
      <div class="buttons">
        {busy.value ? (
          <button type="button" class="main" onClick={actions.cancel}>
            {said.cancel}
          </button>
        ) : (
          <button
            type="button"
            class="main"
            disabled={!info.value || (!batch.value && lines.value.trim() === '')}
            onClick={() => void actions.runMany()}
          >
            {said.classify}
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
          <span>{said.file}</span>
        </label>
      </div>
      {!pairs && task.value.kinds.length > 0 && (
        <div class="examples" role="group" aria-label={said.ours}>
          <span aria-hidden="true">{said.tryOurs}</span>
          <button type="button" onClick={() => void actions.trySentences()}>
            {all}
          </button>
          {task.value.kinds.map((kind) => (
            <button key={kind} type="button" onClick={() => void actions.trySentences(kind)}>
              {kinds[kind]}
            </button>
          ))}
        </div>
      )}
      <p class="note">
        {said.fileNote}
        {pairs && said.pairNote}
      </p>
    </div>
  );
}

function labelledNote(texts: readonly { label?: string | undefined }[]): string {
  const { unlabelled, allLabelled, someLabelled } = words.value.input;
  const labelled = texts.filter(({ label }) => label !== undefined).length;
  if (labelled === 0) return unlabelled;
  return labelled === texts.length ? allLabelled : someLabelled(labelled);
}
