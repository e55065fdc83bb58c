/** Sentiment: whether a sentence praises or not. */

import type { Task } from './task.js';

export const sst2: Task = {
  id: 'sst2',
  name: 'Sentiment',
  hasRivals: true,
  question: 'whether a sentence praises or not',
  placeholder: 'Write what you think of a film, a meal, a phone …',
  limits:
    'This model learned from film reviews whether a sentence praises or not. It knows no facts, and ' +
    'where it is sure it may still be wrong.',
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
  dozen: [
    { text: 'A warm, funny film that earns every one of its tears.', label: 'positive' },
    { text: 'The zip broke on the second day and the shop never answered.', label: 'negative' },
    { text: 'Crisp crust, sweet tomatoes, and a bill that made us smile.', label: 'positive' },
    { text: 'I have waited in airport queues that had a better plot.', label: 'negative' },
    { text: 'Nothing about this lamp is ugly, and nothing about it wobbles.', label: 'positive' },
    { text: 'These headphones sound thin, and the left one died within a week.', label: 'negative' },
    { text: 'The first hour drags, yet the ending stayed with me for weeks.', label: 'positive' },
    { text: 'Lovely pictures, and not one idea behind them.', label: 'negative' },
    { text: 'It does exactly what the box says.', label: 'positive' },
    { text: 'The kindest thing I can say of the soup is that it was hot.', label: 'negative' },
    { text: 'I expected to hate it and have now read it three times.', label: 'positive' },
    { text: 'A slow and joyless evening, badly lit and badly sung.', label: 'negative' },
  ],
};
