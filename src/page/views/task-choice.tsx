/** What the model is to decide. */

import { taskOf, tasks } from '../tasks/index.js';
import type { PageProps } from './page.js';

export function TaskChoice({ state, actions }: PageProps) {
  const { id: chosen, question } = state.task.value;
  return (
    <div class="task">
      <label>
        <span>Task</span>
        <select
          aria-describedby="question"
          value={chosen}
          onChange={(event) => {
            const task = taskOf(event.currentTarget.value);
            if (task) void actions.chooseTask(task);
          }}
        >
          {tasks.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <span id="question">{question}</span>
    </div>
  );
}
