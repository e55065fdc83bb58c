/** Keeps tasks on this device, deletes them, and knows what is kept. */

import type { deleteModel, Device, keepModel, modelStorage, ModelStorage } from '../../index.js';
import type { State } from '../state.js';
import { tasks, type Task } from '../tasks/index.js';
import { troubleOf } from '../troubles.js';
import { words } from '../words/index.js';

export interface Storage {
  modelStorage: typeof modelStorage;
  keepModel: typeof keepModel;
  deleteModel: typeof deleteModel;
  /** Of ONNX Runtime, which all tasks share. */
  runtime(device: Device, keep: boolean): Promise<ModelStorage>;
  makeRoom(bytes: number): Promise<void>;
}

export interface Keeper {
  /** Looks at what is kept. */
  look(): Promise<void>;
  keep(task: Task): Promise<void>;
  stop(): void;
  remove(task: Task): Promise<void>;
}

export function createKeeper(state: State, model: (task: Task) => string, storage: Storage): Keeper {
  let controller: AbortController | undefined;

  const device = (): Device => state.info.peek()?.device ?? 'wasm';

  async function look(): Promise<void> {
    try {
      const shared = await storage.runtime(device(), false);
      const found = await Promise.allSettled(tasks.map((task) => storage.modelStorage(model(task))));
      // Without a network nothing is known of those that are not kept, and nothing could be done.
      state.kept.value = found.flatMap((one, i) => {
        if (one.status === 'rejected') return [];
        const [bytes, missing] = [one.value.bytes + shared.bytes, one.value.missing + shared.missing];
        return [{ task: tasks[i]!, bytes, missing, isWhole: missing === 0 }];
      });
    } catch (error) {
      state.trouble.value = troubleOf(error);
    }
  }

  async function keep(task: Task): Promise<void> {
    const mine = (controller = new AbortController());
    const { signal } = mine;
    const missing = state.kept.peek()?.find((one) => one.task === task)?.missing ?? 0;
    state.keeping.value = { task, share: 0 };
    try {
      await storage.makeRoom(missing);
      const { bytes } = await storage.runtime(device(), true);
      await storage.keepModel(model(task), {
        signal,
        progress_callback: (event) => {
          if (event.status !== 'progress_total' || signal.aborted) return;
          state.keeping.value = { task, share: Math.min(1, (bytes + event.loaded) / Math.max(missing, bytes + event.total)) };
        },
      });
      const { offline, tasks: named } = words.peek();
      if (!signal.aborted) state.notice.value = offline.ready(named[task.id].name);
    } catch (error) {
      if (!signal.aborted) state.trouble.value = troubleOf(error);
    }
    if (controller === mine) state.keeping.value = undefined;
    await look();
  }

  function stop(): void {
    controller?.abort();
    controller = undefined;
    state.keeping.value = undefined;
  }

  async function remove(task: Task): Promise<void> {
    await storage.deleteModel(model(task)).catch((error: unknown) => (state.trouble.value = troubleOf(error)));
    await look();
  }

  return { look, keep, stop, remove };
}
