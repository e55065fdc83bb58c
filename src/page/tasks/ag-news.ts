/** News topics: which of four pages of a newspaper a story belongs on. */

import type { Task } from './task.js';

export const agNews: Task = {
  id: 'ag_news',
  hasRivals: true,
  examples: [
    { kind: 'easy', text: 'Late goal sends the visitors into the final after a goalless first half.' },
    { kind: 'short', text: 'Shares slip' },
    { kind: 'mixed', text: 'Court fines a software maker over prices charged to schools.' },
    { kind: 'torn', text: 'A doping scandal costs the sportswear company its largest sponsor deal.' },
    { kind: 'off-topic', text: 'Fold the egg whites in slowly, or the cake will not rise.' },
    {
      kind: 'long',
      text:
        'Ministers from eleven countries met for a second day to agree on how much water each may take from ' +
        'the river. Talks had stopped in spring after a dam upstream was filled without notice. Observers ' +
        'said that a map, drawn from satellite pictures, had helped both sides more than any speech.',
    },
  ],
  first: 'Court fines a software maker over prices charged to schools.',
  kinds: ['easy', 'short', 'torn', 'off-topic'],
  sentences: async () => (await import('./sentences/ag-news.js')).sentences,
  recorded: async () => (await import('./recorded/ag-news.json')).default,
};
