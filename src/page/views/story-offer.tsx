/** Offers the guided story, whose own code is fetched when it is opened. */

import { words } from '../words/index.js';
import type { PageProps } from './page.js';

export function StoryOffer({ state, actions }: PageProps) {
  if (state.step.value !== undefined) return null;
  return (
    <button type="button" class="quiet" onClick={() => actions.tell(0)}>
      {words.value.story.open}
    </button>
  );
}
