/** Labels of the visitor's own: a task whose model is taught in the page, by what `src/page/own` does. */

import type { Task } from './task.js';

export const own: Task = {
  id: 'own',
  hasRivals: false,
  examples: [],
  first: '',
  kinds: [],
  // For what measures: any texts will do.
  sentences: async () => (await import('../own/examples.js')).examples[0].texts.map(([label, text]) => ({ kind: 'easy', label, text })),
  recorded: () => Promise.reject(new Error('nothing is recorded of what is yet to be taught')),
};
