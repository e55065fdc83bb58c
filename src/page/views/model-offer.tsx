/** What a model takes to download, where the network is one that has to be asked for. */

import { megabytes } from '../wording.js';
import { words } from '../words/index.js';
import type { PageProps } from './page.js';

export function ModelOffer({ state, actions }: PageProps) {
  const loading = state.loading.value;
  if (loading.status !== 'offered') return null;
  const said = words.value.offer;
  return (
    <div class="offer">
      <button type="button" class="main" onClick={() => void actions.download()}>
        {said.download(megabytes(loading.bytes))}
      </button>
      <p class="note">{said.note}</p>
    </div>
  );
}
