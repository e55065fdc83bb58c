/** The tasks that the page ships a model for, the first one first. */

import { agNews } from './ag-news.js';
import { clinc150 } from './clinc150.js';
import { own } from './own.js';
import { sst2 } from './sst2.js';
import type { Task } from './task.js';

export { own } from './own.js';
export type { Kind, Task } from './task.js';

export const tasks: readonly [Task, ...Task[]] = [sst2, agNews, clinc150];

/** And the one that a visitor teaches. */
export const allTasks: readonly Task[] = [...tasks, own];

export function taskOf(id: string | null): Task | undefined {
  return allTasks.find((task) => task.id === id);
}
