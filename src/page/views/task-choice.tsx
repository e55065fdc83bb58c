/** What the model is to decide. */

import { allTasks, taskOf } from '../tasks/index.js';
import { words } from '../words/index.js';
import type { PageProps } from './page.js';

export function TaskChoice({ state, actions }: PageProps) {
  const { id: chosen } = state.task.value;
  const { task: name, tasks: said } = words.value;
  return (
    <div class="task">
      <label>
        <span>{name}</span>
        <select
          aria-describedby="question"
          value={chosen}
          onChange={(event) => {
            const task = taskOf(event.currentTarget.value);
            if (task) void actions.chooseTask(task);
          }}
        >
          {allTasks.map(({ id }) => (
            <option key={id} value={id}>
              {said[id].name}
            </option>
          ))}
        </select>
      </label>
      <span id="question">{said[chosen].question}</span>
    </div>
  );
}
