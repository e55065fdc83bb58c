/** The tasks that the page ships a model for, the first one first. */

import { agNews } from './ag-news.js';
import { clinc150 } from './clinc150.js';
import { sst2 } from './sst2.js';
import type { Task } from './task.js';

export type { Kind, Task } from './task.js';

export const tasks: readonly [Task, ...Task[]] = [sst2, agNews, clinc150];

export function taskOf(id: string | null): Task | undefined {
  return tasks.find((task) => task.id === id);
}
