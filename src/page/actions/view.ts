/** Sorts and filters the batch stream. */

import type { State } from '../state.js';
import { EVERYTHING, type SortKey, type StreamView } from '../stream-view.js';
import { words } from '../words/index.js';

export interface Viewer {
  /** The same again turns the order round. */
  sortBy(sort: SortKey): void;
  filter(part: Partial<Omit<StreamView, 'sort' | 'descending'>>): void;
  /** Filters nothing; the order stays. */
  showAll(): void;
}

export function createViewer(state: State): Viewer {
  const { view, shown, run, announcement } = state;

  /** Said when the visitor filters, not at every text that comes in or goes while the slider moves. */
  function filterBy(next: StreamView): void {
    view.value = next;
    announcement.value = words.peek().stream.shown(shown.peek().length, run.peek()?.samples.length ?? 0);
  }

  return {
    sortBy(sort) {
      const now = view.peek();
      view.value = { ...now, sort, descending: now.sort === sort && !now.descending };
    },
    filter: (part) => filterBy({ ...view.peek(), ...part }),
    showAll() {
      const { sort, descending } = view.peek();
      filterBy({ ...EVERYTHING, sort, descending });
    },
  };
}
