/** What went wrong and what to do about it; what changed by itself. */

import { adviceFor } from '../troubles.js';
import { words } from '../words/index.js';
import type { PageProps } from './page.js';

export function Notices({ state, actions }: PageProps) {
  const trouble = state.trouble.value;
  const advice = trouble && adviceFor(trouble);
  const said = words.value.notices;
  return (
    <div class="notices">
      <div role="alert">
        {advice && (
          <section class="trouble">
            <h2>{advice.title}</h2>
            <p>{trouble.message}</p>
            {advice.todo && <p>{advice.todo}</p>}
            {advice.again && (
              <button type="button" onClick={() => void actions.retry()}>
                {said.again}
              </button>
            )}
          </section>
        )}
      </div>
      <p class="notice" role="status" aria-label={said.name}>
        {state.notice.value}
      </p>
      {state.update.value && (
        <p class="notice">
          {said.update}{' '}
          <button type="button" onClick={state.update.value}>
            {said.reload}
          </button>
        </p>
      )}
    </div>
  );
}
