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
  dozen: [
    { text: 'Rebels and the army agree to a truce in the northern province.', label: 'world' },
    { text: 'Thousands march through the capital after the vote count is halted.', label: 'world' },
    { text: 'Prime minister to visit the flooded villages on Thursday.', label: 'world' },
    { text: 'Keeper saves two penalties as the champions go out on the road.', label: 'sports' },
    { text: 'Sprinter misses the relay with a torn muscle.', label: 'sports' },
    { text: 'The coach was dismissed three games into the season.', label: 'sports' },
    { text: 'Oil falls for a fourth day as stocks of petrol grow.', label: 'business' },
    { text: 'Airline asks its pilots for lower wages to stay out of bankruptcy.', label: 'business' },
    { text: 'Retailer reports a smaller loss than analysts had expected.', label: 'business' },
    { text: 'A flaw in the browser lets strangers read your files; a patch is due on Tuesday.', label: 'sci/tech' },
    { text: 'Probe sends its first pictures of ice on the distant moon.', label: 'sci/tech' },
    { text: 'The new chip draws half the power of the one before it.', label: 'sci/tech' },
  ],
};
