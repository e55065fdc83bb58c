/** Intents: what somebody wants of an assistant, out of 150 things. */

import type { Task } from './task.js';

export const clinc150: Task = {
  id: 'clinc150',
  hasRivals: false,
  examples: [
    { kind: 'easy', text: 'wake me up at half past six tomorrow' },
    { kind: 'roundabout', text: 'my suitcase never came off the belt in lisbon' },
    { kind: 'close to another', text: 'has anyone looked at my request for days off yet' },
    { kind: 'two wishes', text: 'pay the electricity bill and tell me what is left in my account' },
    { kind: 'none of the 150', text: 'who painted the ceiling of that chapel in rome' },
    { kind: 'one word', text: 'milk' },
  ],
  first: 'has anyone looked at my request for days off yet',
  kinds: ['easy', 'roundabout', 'close to another', 'two wishes', 'none of the 150'],
  sentences: async () => (await import('./sentences/clinc150.js')).sentences,
  recorded: async () => (await import('./recorded/clinc150.json')).default,
};
