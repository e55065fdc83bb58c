/** News topics: which of four pages of a newspaper a story belongs on. */

import type { Task } from './task.js';

export const agNews: Task = {
  id: 'ag_news',
  name: 'News topics',
  hasRivals: false,
  question: 'which of four pages of a newspaper a story belongs on',
  placeholder: 'Write or paste a headline and its first sentence …',
  limits:
    'This model learned from English news of 2004 which of four pages a story belongs on: world, sports, ' +
    'business, or science and technology. Later names it has never met, and every text gets one of the four.',
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
};
