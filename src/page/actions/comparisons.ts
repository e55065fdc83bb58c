/** What the task's curve is set against: static models, and another task's curve. */

import type { Calibration } from '../../core/index.js';
import type { Rivals } from '../rivals.js';
import type { State } from '../state.js';
import type { Task } from '../tasks/index.js';
import { troubleOf } from '../troubles.js';
import { words } from '../words/index.js';

/** Where they come from. */
export interface Comparable {
  /** What the dev set gave with a task's model. */
  calibration(task: Task): Promise<Calibration>;
  /** What the task's model is compared with, if anything. */
  rivals(task: Task): Promise<Rivals | undefined>;
}

export interface Comparisons {
  /** Once the model is there, which matters more. */
  showRivals(task: Task): Promise<void>;
  compareTasks(other: Task | undefined): Promise<void>;
}

export function createComparisons(state: State, { calibration, rivals }: Comparable): Comparisons {
  return {
    async showRivals(task) {
      if (state.rivals.peek()) return;
      try {
        const found = await rivals(task);
        if (task === state.task.peek()) state.rivals.value = found;
      } catch {
        state.notice.value = words.peek().curve.rivalsMissing;
      }
    },
    async compareTasks(other) {
      state.beside.value = undefined;
      if (!other) return;
      try {
        const found = await calibration(other);
        if (other !== state.task.peek()) state.beside.value = { task: other, calibration: found };
      } catch (error) {
        state.trouble.value = troubleOf(error);
      }
    },
  };
}
