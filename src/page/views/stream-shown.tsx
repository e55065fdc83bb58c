/** How many texts are shown, the way back to all, and what is shown as a file. */

import { download } from '../download.js';
import { isFiltered } from '../stream-view.js';
import { savedText, toCsv, toJson, type Settings } from '../texts/save-texts.js';
import { words } from '../words/index.js';
import type { PageProps } from './page.js';

export function StreamShown({ state, actions }: PageProps) {
  const { shown, view, run } = state;
  const n = shown.value.length;
  const all = run.value!.samples.length;
  const filtered = isFiltered(view.value);
  const { stream } = words.value;
  const save = (format: string, type: string, write: typeof toCsv): void => {
    const settings = settingsOf(state);
    const texts = shown.peek().map((i) => savedText(run.peek()!.samples[i]!, state.outcomes.peek()[i]!, settings));
    download(`fastbert-web-texts.${format.toLowerCase()}`, type, write(settings, texts));
  };
  const saveButton = (format: string, type: string, write: typeof toCsv) => (
    <button type="button" disabled={n === 0} onClick={() => save(format, type, write)}>
      {filtered && n > 0 ? stream.saveShown(n, format) : stream.save(format)}
    </button>
  );
  return (
    <p class="shown">
      <span>
        {n === 0 && `${stream.none}: `}
        {stream.shown(n, all)}
      </span>
      {filtered && (
        <button
          type="button"
          onClick={(event) => {
            actions.showAll();
            // The button goes; what it brought back is next.
            event.currentTarget.closest('.stream')?.querySelector<HTMLElement>('.scroller')?.focus();
          }}
        >
          {stream.showAll(all)}
        </button>
      )}
      {saveButton('CSV', 'text/csv;charset=utf-8', toCsv)}
      {saveButton('JSON', 'application/json', toJson)}
    </p>
  );
}

function settingsOf({ task, info, run, speed, replayed }: PageProps['state']): Settings {
  const { speed: ranAt, mode, layers, labels } = run.peek()!;
  return {
    task: task.peek().id,
    model: info.peek()?.name,
    speed: speed.peek(),
    ranAt,
    replayed: replayed.peek(),
    mode,
    layers,
    labels,
    date: new Date().toISOString(),
  };
}
