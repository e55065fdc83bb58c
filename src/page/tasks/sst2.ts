/** Sentiment: whether a sentence praises or not. */

import type { Task } from './task.js';

export const sst2: Task = {
  id: 'sst2',
  hasRivals: true,
  examples: [
    { kind: 'easy', text: 'I loved every single minute of it.' },
    { kind: 'negated', text: 'It is not bad at all; nobody here would turn down a second bowl.' },
    { kind: 'mixed', text: 'The acting is wonderful, but the story falls apart halfway through.' },
    { kind: 'sarcastic', text: 'Great, another phone that dies before lunch. Just what I needed.' },
    { kind: 'hard', text: 'For a film about paint drying it is surprisingly tense.' },
    {
      kind: 'long',
      text:
        'We booked the corner table weeks ahead and arrived hungry. The soup was lukewarm, and the ' +
        'waiter forgot our wine twice. Then the lamb came, and nobody at the table spoke for five ' +
        'minutes. By dessert we had forgiven them everything.',
    },
  ],
  first: 'The acting is wonderful, but the story falls apart halfway through.',
  kinds: ['easy', 'negated', 'mixed', 'sarcastic', 'off-topic'],
  sentences: async () => (await import('./sentences/sst2.js')).sentences,
  recorded: async () => (await import('./recorded/sst2.json')).default,
};
