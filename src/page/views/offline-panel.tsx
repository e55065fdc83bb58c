/** Tasks that work without a network: what each takes, and keeping or deleting it. */

import type { Kept } from '../state.js';
import { megabytes } from '../wording.js';
import type { PageProps } from './page.js';

export function OfflinePanel(page: PageProps) {
  const { kept } = page.state;
  const open = (event: { currentTarget: HTMLDetailsElement }): void => {
    if (event.currentTarget.open) void page.actions.lookAtKept();
  };
  return (
    <details class="offline" onToggle={open}>
      <summary>
        <h2>Without a network</h2>
      </summary>
      {kept.value ? (
        <ul aria-label="Tasks on this device">
          {kept.value.map((one) => (
            <Row key={one.task.id} {...page} {...one} />
          ))}
        </ul>
      ) : (
        <p class="note">Looking …</p>
      )}
      <p class="note">The page itself, ONNX Runtime and the models. They stay on this device until you or the browser delete them.</p>
    </details>
  );
}

function Row({ state, actions, task, bytes, missing, isWhole }: PageProps & Kept) {
  const keeping = state.keeping.value;
  const mine = keeping?.task === task ? keeping : undefined;
  return (
    <li>
      <strong>{task.name}</strong>
      {mine ? (
        <>
          <progress aria-label={`${task.name}: kept so far`} value={mine.share} />
          <button type="button" onClick={actions.stopKeeping}>
            Stop
          </button>
        </>
      ) : (
        <>
          <span>{isWhole ? `${megabytes(bytes)} kept` : `${megabytes(missing)} to download`}</span>
          {isWhole ? (
            <button type="button" aria-label={`Delete ${task.name}`} onClick={() => void actions.forget(task)}>
              Delete
            </button>
          ) : (
            <button
              type="button"
              aria-label={`Keep ${task.name} for offline use`}
              disabled={keeping !== undefined}
              onClick={() => void actions.keep(task)}
            >
              Make available offline
            </button>
          )}
        </>
      )}
    </li>
  );
}
