/** Tasks that work without a network: what each takes, and keeping or deleting it. */

import type { Kept } from '../state.js';
import { megabytes } from '../wording.js';
import { words } from '../words/index.js';
import type { PageProps } from './page.js';

export function OfflinePanel(page: PageProps) {
  const { kept } = page.state;
  const said = words.value.offline;
  const open = (event: { currentTarget: HTMLDetailsElement }): void => {
    if (event.currentTarget.open) void page.actions.lookAtKept();
  };
  return (
    <details class="offline" onToggle={open}>
      <summary>
        <h2>{said.title}</h2>
      </summary>
      {kept.value ? (
        <ul aria-label={said.tasks}>
          {kept.value.map((one) => (
            <Row key={one.task.id} {...page} {...one} />
          ))}
        </ul>
      ) : (
        <p class="note">{said.looking}</p>
      )}
      <p class="note">{said.note}</p>
    </details>
  );
}

function Row({ state, actions, task, bytes, missing, isWhole }: PageProps & Kept) {
  const { offline: said, tasks } = words.value;
  const { name } = tasks[task.id];
  const keeping = state.keeping.value;
  const mine = keeping?.task === task ? keeping : undefined;
  return (
    <li>
      <strong>{name}</strong>
      {mine ? (
        <>
          <progress aria-label={said.sofar(name)} value={mine.share} />
          <button type="button" onClick={actions.stopKeeping}>
            {said.stop}
          </button>
        </>
      ) : (
        <>
          <span>{isWhole ? said.kept(megabytes(bytes)) : said.missing(megabytes(missing))}</span>
          {isWhole ? (
            <button type="button" aria-label={said.deleteTask(name)} onClick={() => void actions.forget(task)}>
              {said.delete}
            </button>
          ) : (
            <button
              type="button"
              aria-label={said.keepTask(name)}
              disabled={keeping !== undefined}
              onClick={() => void actions.keep(task)}
            >
              {said.keep}
            </button>
          )}
        </>
      )}
    </li>
  );
}
