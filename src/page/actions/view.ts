/** Sorts and filters the batch stream, and says once what that comes to. */

import type { State } from '../state.js';
import { EVERYTHING, type SortKey, type StreamView } from '../stream-view.js';

export interface Viewer {
  sortBy(sort: SortKey): void;
  filter(part: Partial<StreamView>): void;
  showAll(): void;
}

export function createViewer(state: State): Viewer {
  function filter(part: Partial<StreamView>): void {
    state.view.value = { ...state.view.peek(), ...part };
  }

  return {
    sortBy(sort) {
      const now = state.view.peek();
      state.view.value = { ...now, sort, descending: now.sort === sort && !now.descending };
    },
    filter,
    showAll() {
      const { sort, descending } = state.view.peek();
      state.view.value = { ...EVERYTHING, sort, descending };
    },
  };
}
