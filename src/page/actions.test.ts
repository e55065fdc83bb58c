/** The page's behaviour without a page: real state and actions over a scripted pipeline. */

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type {
  ExitEvent,
  ModelInfo,
  PipelineOptions,
  TextClassificationPipeline,
  TextOrPair,
  TraceOptions,
  Verdict,
} from '../index.js';
import { createActions, type Surroundings } from './actions.js';
import type { Storage } from './actions/keep.js';
import { fullBelief } from './disagreement.js';
import type { Rivals } from './rivals.js';
import { createState, type Start } from './state.js';
import { EVERYTHING } from './stream-view.js';
import { own, taskOf, tasks } from './tasks/index.js';

// Only its types are used here, and the real entry would start a worker.
vi.mock('../index.js', () => ({}));

const info: ModelInfo = {
  name: 'tiny',
  device: 'wasm',
  deviceDescription: '1 thread',
  labels: ['negative', 'positive'],
  problemType: 'single_label_classification',
  gold: 'labels',
  uncertaintyClasses: 2,
  textPair: false,
  layers: 2,
  maxTokens: 16,
  windows: 1,
  bytes: 10,
  calibration: { split: 'dev', n: 1, labels: [1], predictions: [[0], [1], [1]], uncertainties: [[0.9], [0.4], [0.1]] },
};

const belief = (exit: number) => ({ exit, uncertainty: [0.9, 0.4, 0.1][exit]!, probabilities: [0.2, 0.8] });

function verdictAt(exit: number, ran: number): Verdict {
  return {
    label: 'positive',
    score: 0.8,
    labels: ['positive'],
    probabilities: [0.2, 0.8],
    exit,
    depth: ran,
    uncertainty: belief(exit).uncertainty,
    trajectory: Array.from({ length: ran + 1 }, (_, i) => belief(i)),
    tokens: 4,
    truncated: false,
    unknown: 0,
    times: { tokenize: 1, embed: 1, steps: [1, 1, 1], readback: 0, compact: 0, total: 5 },
    device: 'wasm',
  };
}

interface Call {
  texts: TextOrPair[];
  options: TraceOptions;
  emit(event: ExitEvent): void;
  answer(verdicts?: Verdict[]): Promise<void>;
  fail(name: string): Promise<void>;
}

interface Load {
  model: string;
  options: PipelineOptions;
  /** What the pipeline says of itself. */
  info: ModelInfo;
  disposed: boolean;
  succeed(): Promise<void>;
  fail(name: string): Promise<void>;
}

const error = (name: string): Error => Object.assign(new Error(`${name} happened`), { name });
const settled = async (): Promise<void> => {
  await vi.dynamicImportSettled();
  await vi.advanceTimersByTimeAsync(0);
};

/** Each model takes 100 bytes, the runtime 50. */
function disk(room = 1000): Storage & { kept: Set<string> } {
  const kept = new Set<string>();
  const of = (name: string, bytes: number) => ({ bytes, missing: kept.has(name) ? 0 : bytes });
  return {
    kept,
    modelStorage: async (model) => of(model, 100),
    keepModel: async (model, { progress_callback, signal } = {}) => {
      progress_callback?.({ status: 'progress_total', name: model, progress: 50, loaded: 50, total: 100 });
      await new Promise((done) => setTimeout(done, 10));
      signal?.throwIfAborted();
      kept.add(model);
    },
    deleteModel: async (model) => void kept.delete(model),
    runtime: async (device, keep) => {
      if (keep) kept.add(device);
      return of(device, 50);
    },
    makeRoom: async (bytes) => {
      if (bytes > room) throw error('StorageError');
    },
  };
}

const rivals: Rivals = { split: 'dev', n: 1, trainRows: 1, models: [], early: [] };

function page(start: Partial<Start> = {}, surroundings: Partial<Surroundings> = {}) {
  const loads: Load[] = [];
  const calls: Call[] = [];
  const state = createState({ task: tasks[0], text: 'fine', speed: 0.5, device: 'auto', ...start });
  const pipeline = (_: string, model: string, options: PipelineOptions = {}) =>
    new Promise<TextClassificationPipeline>((resolve, reject) => {
      const load: Load = {
        model,
        options,
        info,
        disposed: false,
        succeed: () => (resolve(loaded(load)), settled()),
        fail: (name) => (reject(error(name)), settled()),
      };
      loads.push(load);
    });
  const loaded = (load: Load) =>
    ({
      get info() {
        return load.info;
      },
      trace: (texts: TextOrPair[], options: TraceOptions) =>
        new Promise<Verdict[]>((resolve, reject) => {
          options.signal?.addEventListener('abort', () => reject(error('AbortError')));
          calls.push({
            texts,
            options,
            emit: (event) => options.onExit?.(event),
            answer: (verdicts = texts.map(() => verdictAt(1, 2))) => (resolve(verdicts), settled()),
            fail: (name) => (reject(error(name)), settled()),
          });
        }),
      dispose: async () => void (load.disposed = true),
    }) as unknown as TextClassificationPipeline;
  const actions = createActions(state, {
    model: ({ id }) => `/models/${id}`,
    calibration: async () => info.calibration,
    playing: 'never',
    wasHere: async () => false,
    asksFirst: () => false,
    downloadSize: async () => 1234,
    rivals: async ({ hasRivals }) => (hasRivals ? rivals : undefined),
    pipeline,
    storage: disk(),
    nextFrame: (show) => show(),
    ...surroundings,
  });
  return { state, actions, loads, calls };
}

async function ready(...start: Parameters<typeof page>) {
  const it = page(...start);
  void it.actions.start();
  await settled();
  await it.loads[0]!.succeed();
  return it;
}

/** The slider stands still for a while. */
const rested = (): Promise<unknown> => vi.advanceTimersByTimeAsync(200);
const typed = (): Promise<unknown> => vi.advanceTimersByTimeAsync(150);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('the download is shown in bytes, then the text in the box is read in all layers', async () => {
  const { state, actions, loads, calls } = page();
  void actions.start();
  await settled();
  loads[0]!.options.progress_callback!({ status: 'progress_total', name: 'm', progress: 50, loaded: 5, total: 10 });
  expect(state.loading.value).toEqual({ status: 'loading', loaded: 5, total: 10 });
  await loads[0]!.succeed();
  expect(state.info.value).toBe(info);
  expect(calls[0]).toMatchObject({ texts: ['fine'], options: { speed: 0.5, mode: 'explore' } });
  await calls[0]!.answer();
  expect(state.run.value).toMatchObject({ status: 'done', speed: 0.5 });
  expect(state.announcement.value).toBe('positive, 80\u00a0%, left after layer 1 of 2.');
});

test('typing waits for a pause, and a later text aborts an earlier one', async () => {
  const { state, actions, calls } = await ready();
  actions.write('a');
  await vi.advanceTimersByTimeAsync(100);
  actions.write('ab');
  await vi.advanceTimersByTimeAsync(100);
  expect(calls).toHaveLength(1);
  await typed();
  expect(calls.map(({ texts }) => texts[0])).toEqual(['fine', 'ab']);
  expect(calls[0]!.options.signal!.aborted).toBe(true);
  calls[0]!.emit({ index: 0, belief: belief(0) });
  expect(state.run.value).toBeUndefined();
  await calls[1]!.answer();
  expect(state.run.value?.samples[0]?.text).toBe('ab');
  expect(state.trouble.value).toBeUndefined();
});

test.each(['', '  \n '])('a blank text %j is no call and no error', async (blank) => {
  const { state, actions, calls } = await ready();
  await calls[0]!.answer();
  actions.write(blank);
  await typed();
  expect(calls).toHaveLength(1);
  expect(state.run.value).toBeUndefined();
  expect(state.busy.value).toBe(false);
});

test('dragging re-gates what is recorded, letting go runs it', async () => {
  const { state, actions, calls } = await ready();
  await calls[0]!.answer();
  actions.slide(0.2);
  expect(state.replayed.value).toBe(true);
  expect(state.outcomes.value[0]?.belief?.exit).toBe(2);
  await typed();
  expect(calls).toHaveLength(1);
  actions.settle();
  await typed();
  expect(calls[1]!.options.speed).toBe(0.2);
  await calls[1]!.answer([verdictAt(2, 2)]);
  expect(state.replayed.value).toBe(false);
});

test('letting go where the text ran already runs nothing', async () => {
  const { actions, calls } = await ready();
  await calls[0]!.answer();
  actions.slide(0.2);
  actions.slide(0.5);
  actions.settle();
  await typed();
  expect(calls).toHaveLength(1);
});

test.each([NaN, -0.1, 1.2])('%f is no speed', async (speed) => {
  const { state, actions } = page();
  actions.slide(speed);
  expect(state.speed.value).toBe(0.5);
});

test('a chosen exit takes the place of a layer in focus, and the text in focus stays', () => {
  const { state, actions } = page();
  expect(state.exit.value).toBeUndefined();
  actions.focusOn({ sample: 3, layer: 2 });
  actions.chooseExit(1);
  expect(state.exit.value).toBe(1);
  expect(state.focus.value).toEqual({ sample: 3 });
});

test('our sentences are judged by their labels; some have none', async () => {
  const { state, actions, calls } = await ready();
  await taskOf('sst2')!.sentences(); // or settled() would not wait for the file
  void actions.trySentences('negated');
  await settled();
  expect(calls[1]!.texts).toHaveLength(12);
  await calls[1]!.answer();
  expect(state.leaving.value).toMatchObject({ whose: 'own', tally: { n: 12, right: 6, labelled: 12 } });
  expect(state.announcement.value).toBe('done: 12 texts answered, 6 of 12 right, 1.0 layers on average.');
  void actions.trySentences();
  await settled();
  expect(calls[2]!.texts).toHaveLength(60);
  await calls[2]!.answer();
  expect(state.leaving.value).toMatchObject({ tally: { n: 60, labelled: 52 } });
});

test('up to 100 texts run all layers, more stop at their exits', async () => {
  const { actions, calls } = await ready();
  actions.chooseInput('many');
  for (const n of [100, 101]) {
    actions.writeLines('x\n'.repeat(n));
    void actions.runMany();
    await settled();
  }
  expect(calls.slice(1).map(({ options }) => options.mode)).toEqual(['explore', 'fast']);
});

test('the choice to really stop holds for one text too', async () => {
  const { actions, calls } = await ready();
  await calls[0]!.answer();
  actions.stopReally(true);
  await typed();
  expect(calls[1]!.options.mode).toBe('fast');
});

test('a cancelled batch keeps what has come, and is no error', async () => {
  const { state, actions, calls } = await ready();
  actions.chooseInput('many');
  actions.writeLines('a\nb');
  void actions.runMany();
  await settled();
  calls[1]!.emit({ index: 1, belief: belief(0) });
  calls[1]!.emit({ index: 1, belief: belief(1), verdict: verdictAt(1, 1) });
  actions.cancel();
  await settled();
  expect(state.run.value).toMatchObject({ status: 'cancelled', samples: [{ trajectory: [] }, { verdict: { exit: 1 } }] });
  expect(state.busy.value).toBe(false);
  expect(state.trouble.value).toBeUndefined();
});

/** Opens "many texts", and runs these. */
async function many({ state, actions }: ReturnType<typeof page>, lines: string): Promise<void> {
  actions.chooseInput('many');
  actions.writeLines(lines);
  void actions.runMany();
  await settled();
  expect(state.run.value).toMatchObject({ status: 'running' });
}

test('the stream is sorted, and turned round; what is shown stays the same list until it changes', async () => {
  const it = await ready();
  const { state, actions, calls } = it;
  await many(it, 'a\nb\nc');
  expect(state.shown.value).toEqual([0, 1, 2]);
  actions.sortBy('uncertainty');
  await calls[1]!.answer([verdictAt(1, 2), verdictAt(2, 2), verdictAt(1, 2)]);
  expect(state.shown.value).toEqual([1, 0, 2]);
  actions.slide(0.45);
  expect(state.shown.value).toEqual([1, 0, 2]);
  await rested();
  const replayed = state.shown.value;
  expect(replayed).toEqual([0, 1, 2]);
  actions.slide(0.41);
  await rested();
  expect(state.shown.value).toBe(replayed);
  actions.slide(0.5);
  await rested();
  actions.sortBy('uncertainty');
  expect(state.shown.value).toEqual([0, 2, 1]);
  expect(state.view.value).toMatchObject({ sort: 'uncertainty', descending: true });
  actions.sortBy('exit');
  expect(state.view.value).toMatchObject({ sort: 'exit', descending: false });
});

test('filters hold while the same texts run again, and go with them', async () => {
  const it = await ready();
  const { state, actions, calls } = it;
  await many(it, 'a\nb\nab');
  await calls[1]!.answer();
  actions.sortBy('exit');
  actions.filter({ contains: 'b' });
  actions.filter({ exit: 1 });
  expect(state.shown.value).toEqual([1, 2]);
  actions.slide(0.2);
  await rested();
  expect(state.shown.value).toEqual([]);
  actions.showAll();
  expect(state.view.value).toEqual({ sort: 'exit', descending: false, contains: '', only: 'all' });
  actions.filter({ contains: 'b' });
  actions.settle();
  await typed();
  await calls[2]!.answer();
  expect(state.shown.value).toEqual([1, 2]);
  await many(it, 'c\nd');
  expect(state.shown.value).toEqual([0, 1]);
  expect(state.view.value).toMatchObject({ sort: 'given', contains: '' });
});

test('texts that stopped at their exits are read to the last layer when asked, which then stays known', async () => {
  const it = await ready();
  const { state, actions, calls, loads } = it;
  actions.stopReally(true);
  await many(it, 'a\nb');
  await calls.at(-1)!.answer([verdictAt(1, 1), verdictAt(2, 2)]);
  const known = () => state.run.value!.samples.map((sample) => fullBelief(sample, 2)?.exit);
  expect(known()).toEqual([undefined, 2]);

  actions.writeLines('something else');
  void actions.readFully();
  await settled();
  expect(calls.at(-1)).toMatchObject({ texts: ['a', 'b'], options: { mode: 'explore' } });
  expect(state.view.value.only).toBe('disagree');
  const other = { ...verdictAt(1, 2), trajectory: [belief(0), belief(1), { ...belief(2), probabilities: [0.9, 0.1] }] };
  await calls.at(-1)!.answer([verdictAt(1, 2), other]);
  expect(state.shown.value).toEqual([1]);

  actions.writeLines('a\nb');
  void actions.runMany();
  await settled();
  expect(calls.at(-1)!.options.mode).toBe('fast');
  await calls.at(-1)!.answer([verdictAt(1, 1), verdictAt(1, 1)]);
  expect(known()).toEqual([2, 2]);
  expect(state.shown.value).toEqual([1]);

  // On another device the last layer may say something else.
  void actions.chooseDevice('webgpu');
  await settled();
  await loads.at(-1)!.succeed();
  await calls.at(-1)!.answer([verdictAt(1, 1), verdictAt(1, 1)]);
  expect(known()).toEqual([undefined, undefined]);
});

test('reading to the last layer can be cancelled, and keeps what it found', async () => {
  const it = await ready();
  const { state, actions, calls } = it;
  actions.stopReally(true);
  await many(it, 'a\nb');
  await calls.at(-1)!.answer([verdictAt(0, 0), verdictAt(1, 1)]);
  void actions.readFully();
  await settled();
  for (const exit of [0, 1, 2]) calls.at(-1)!.emit({ index: 1, belief: belief(exit) });
  actions.cancel();
  await settled();
  expect(state.run.value!.samples.map((sample) => fullBelief(sample, 2)?.exit)).toEqual([undefined, 2]);
  expect(state.trouble.value).toBeUndefined();
});

test('going back to one text ends a batch that still runs', async () => {
  const { state, actions } = await ready();
  actions.chooseInput('many');
  actions.writeLines('a\nb');
  void actions.runMany();
  await settled();
  actions.chooseInput('one');
  await settled();
  expect(state.runs.many.value?.status).toBe('cancelled');
});

test('a failed load is told, leaves the page alive, and can be tried again', async () => {
  const { state, actions, loads, calls } = page();
  void actions.start();
  await settled();
  await loads[0]!.fail('DownloadError');
  expect(state.loading.value.status).toBe('failed');
  expect(state.trouble.value).toEqual({ name: 'DownloadError', message: 'DownloadError happened' });
  actions.write('meanwhile');
  await typed();
  void actions.retry();
  await settled();
  expect(state.trouble.value).toBeUndefined();
  await loads[1]!.succeed();
  expect(calls[0]!.texts).toEqual(['meanwhile']);
});

test('a failed call is told without the verdict of an earlier text; a dead worker is loaded anew', async () => {
  const { state, actions, loads, calls } = await ready();
  await calls[0]!.answer();
  actions.write('other');
  await typed();
  await calls[1]!.fail('WorkerError');
  expect(state.run.value).toBeUndefined();
  expect(state.trouble.value?.name).toBe('WorkerError');
  void actions.retry();
  await settled();
  expect(loads[0]!.disposed).toBe(true);
  await loads[1]!.succeed();
  expect(calls[2]!.texts).toEqual(['other']);
});

test('after a failed download the same pipeline tries again', async () => {
  const { actions, loads, calls } = await ready();
  await calls[0]!.fail('DownloadError');
  void actions.retry();
  await settled();
  expect(loads).toHaveLength(1);
  expect(calls).toHaveLength(2);
});

test('another device disposes the first; a load that was overtaken is thrown away', async () => {
  const { state, actions, loads } = await ready();
  void actions.chooseDevice('webgpu');
  await settled();
  void actions.chooseDevice('wasm');
  await settled();
  expect(loads.map(({ options }) => options.device)).toEqual(['auto', 'webgpu', 'wasm']);
  await loads[2]!.succeed();
  await loads[1]!.succeed();
  expect(loads.map(({ disposed }) => disposed)).toEqual([true, true, false]);
  expect(state.info.value).toBe(info);
});

test('another task brings its model and its own examples, and keeps what one wrote', async () => {
  const [sst2] = tasks;
  const { state, actions, loads, calls } = await ready({ text: sst2.first });
  await calls[0]!.answer();
  const news = taskOf('ag_news')!;
  void actions.chooseTask(news);
  await settled();
  expect(loads.map(({ model }) => model)).toEqual(['/models/sst2', '/models/ag_news']);
  expect(loads[0]!.disposed).toBe(true);
  expect(state.run.value).toBeUndefined();
  expect(state.text.value).toBe(news.first);
  await loads[1]!.succeed();
  expect(calls[1]!.texts).toEqual([news.first]);

  actions.write('my own words');
  void actions.chooseTask(sst2);
  await settled();
  await loads[2]!.succeed();
  expect(calls.at(-1)!.texts).toEqual(['my own words']);
});

test('a link to another task brings its text along', async () => {
  const { state, actions, loads, calls } = await ready();
  actions.follow({ task: taskOf('clinc150')!, text: 'linked', device: 'wasm' });
  await settled();
  expect(loads[1]).toMatchObject({ model: '/models/clinc150', options: { device: 'wasm' } });
  await loads[1]!.succeed();
  expect(calls.at(-1)!.texts).toEqual(['linked']);
  expect(state.task.value.id).toBe('clinc150');
});

test('a lost GPU is told, and the badge follows', async () => {
  const { state, loads } = await ready();
  loads[0]!.info = { ...info, deviceDescription: 'SIMD' };
  loads[0]!.options.onRecovered!({ device: 'wasm', deviceDescription: 'SIMD', reason: 'destroyed' });
  expect(state.notice.value).toBe('The GPU was lost (destroyed); continuing on WASM: SIMD.');
  expect(state.info.value?.deviceDescription).toBe('SIMD');
});

test('what became known of the GPU is shown, unless another model was asked for meanwhile', async () => {
  const { state, actions, loads } = await ready();
  loads[0]!.info = { ...info, gpu: { unused: 'absent' } };
  loads[0]!.options.onGpu!({ unused: 'absent' });
  expect(state.info.value?.gpu).toEqual({ unused: 'absent' });
  void actions.chooseDevice('wasm');
  await settled();
  loads[0]!.options.onGpu!({ unused: 'absent' });
  expect(state.loading.value.status).toBe('loading');
});

const file = (name: string, content: string) => new File([content], name);

test('a file is read and run; a broken one is told and changes nothing', async () => {
  const { state, actions, calls } = await ready();
  await actions.openFile(file('bad.csv', 'sentence\nx'));
  expect(state.trouble.value).toMatchObject({ name: 'TextsError', message: expect.stringContaining('Line 1') });
  expect(state.input.value).toBe('one');
  void actions.openFile(file('good.tsv', 'text\tlabel\nx\t1\n'));
  await vi.waitFor(() => expect(state.batch.value?.title).toBe('good.tsv'));
  await settled();
  expect(calls.at(-1)!.texts).toEqual(['x']);
});

test('a label that the model does not know is told with its line', async () => {
  const { state, actions, calls } = await ready();
  const content = 'text,label\nx,sports';
  await actions.openFile(file('a.csv', content));
  expect(state.trouble.value?.message).toMatch(/Line 2 .*sports/);
  expect(calls).toHaveLength(1);
});

test('a file dropped while the model loads runs once it is there', async () => {
  const { actions, loads, calls } = page();
  void actions.start();
  await settled();
  await actions.openFile(file('a.txt', 'x\ny'));
  await loads[0]!.succeed();
  expect(calls[0]!.texts).toEqual(['x', 'y']);
});

test('a link opened in the page is followed', async () => {
  const { state, actions, calls } = await ready();
  actions.follow({ text: 'linked', speed: 0.3 });
  await settled();
  expect(calls[1]).toMatchObject({ texts: ['linked'], options: { speed: 0.3 } });
  expect(state.text.value).toBe('linked');
});

test('what the task is compared with comes after its model, and goes with it', async () => {
  const { state, actions, loads } = page();
  void actions.start();
  await settled();
  expect(state.rivals.value).toBeUndefined();
  await loads[0]!.succeed();
  expect(state.rivals.value).toBe(rivals);
  void actions.chooseTask(taskOf('clinc150')!);
  await settled();
  await loads[1]!.succeed();
  expect(state.rivals.value).toBeUndefined();
});

test('points that cannot be loaded are told, and the model works on', async () => {
  const { state } = await ready({}, { rivals: async () => Promise.reject(error('TypeError')) });
  await settled();
  expect(state.notice.value).toMatch(/static models could not be loaded/);
  expect(state.info.value).toBe(info);
});

test('a task is kept, with what all tasks share, and deleted again', async () => {
  const { state, actions } = await ready();
  const sizes = () => state.kept.value!.map(({ missing, isWhole }) => [missing, isWhole]);
  await actions.lookAtKept();
  expect(sizes()).toEqual(tasks.map(() => [150, false]));
  const task = tasks[1]!;
  const keeping = actions.keep(task);
  await settled();
  expect(state.keeping.value).toEqual({ task, share: 100 / 150 });
  await vi.advanceTimersByTimeAsync(10);
  await keeping;
  expect(state.keeping.value).toBeUndefined();
  expect(state.notice.value).toContain('ready for use without a network');
  expect(sizes()).toEqual([[100, false], [0, true], [100, false]]);
  await actions.forget(task);
  expect(sizes()).toEqual(tasks.map(() => [100, false]));
});

test('keeping is stopped, and where there is no room it does not begin', async () => {
  const { state, actions } = await ready();
  await actions.lookAtKept();
  const keeping = actions.keep(tasks[0]);
  await settled();
  actions.stopKeeping();
  await vi.advanceTimersByTimeAsync(10);
  await keeping;
  expect(state.kept.value![0]).toMatchObject({ missing: 100 });
  expect(state.trouble.value).toBeUndefined();

  const full = await ready({}, { storage: disk(149) });
  await full.actions.lookAtKept();
  await full.actions.keep(tasks[0]);
  expect(full.state.trouble.value).toMatchObject({ name: 'StorageError' });
  expect(full.state.kept.value![0]).toMatchObject({ missing: 150 });
});

test('on a slow or metered network the page says what it would download, and waits for a yes', async () => {
  const { state, actions, loads } = page({}, { asksFirst: () => true });
  await actions.start();
  expect(state.loading.value).toEqual({ status: 'offered', bytes: 1234 });
  void actions.chooseTask(taskOf('ag_news')!);
  await settled();
  expect([state.loading.value.status, loads.length]).toEqual(['offered', 0]);
  void actions.download();
  await settled();
  expect(loads.map(({ model }) => model)).toEqual(['/models/ag_news']);
});

test('who was here before is not asked', async () => {
  const { actions, loads } = page({}, { asksFirst: () => true, wasHere: async () => true });
  void actions.start();
  await settled();
  expect(loads).toHaveLength(1);
});

test('two texts are compared: read in one call, and told one after the other', async () => {
  const { state, actions, loads, calls } = page({ text: 'fine' });
  void actions.start();
  await settled();
  await loads[0]!.succeed();
  await calls[0]!.answer();
  actions.compare('not fine');
  await vi.advanceTimersByTimeAsync(200);
  expect(calls[1]!.texts).toEqual(['fine', 'not fine']);
  await calls[1]!.answer();
  expect(state.announcement.value.match(/positive/g)).toHaveLength(2);
  actions.compare(undefined);
  await vi.advanceTimersByTimeAsync(200);
  expect(calls[2]!.texts).toEqual(['fine']);
});

test('of a model of pairs both texts are one call, once both are written; of many a line holds both', async () => {
  const { state, actions, loads, calls } = page({ text: 'one', second: 'two' });
  void actions.start();
  await settled();
  loads[0]!.info = { ...info, textPair: true };
  await loads[0]!.succeed();
  expect(state.pairs.value).toBe(true);
  expect(calls[0]!.texts).toEqual([{ text: 'one', text_pair: 'two' }]);
  await calls[0]!.answer();
  actions.compare(' ');
  await typed();
  expect(calls).toHaveLength(1);
  expect(state.run.value).toBeUndefined();
  actions.compare('three');
  await typed();
  expect(calls[1]!.texts).toEqual([{ text: 'one', text_pair: 'three' }]);
  void actions.measureHere();
  await settled();
  const some = expect.any(String);
  expect(calls[2]!.texts).toEqual([{ text: some, text_pair: some }]);
  actions.stopMeasuring();

  actions.chooseInput('many');
  actions.writeLines('a\tb\nc');
  await actions.runMany();
  expect(state.trouble.value?.message).toContain('Line 2 is no pair');
  actions.writeLines('a\tb');
  void actions.runMany();
  await settled();
  expect(calls[3]!.texts).toEqual([{ text: 'a', text_pair: 'b' }]);
});

test("another task's curve stands beside this one's until the task is another", async () => {
  const { state, actions } = page();
  const other = taskOf('ag_news')!;
  await actions.compareTasks(other);
  expect(state.beside.value?.task).toBe(other);
  void actions.chooseTask(other);
  expect(state.beside.value).toBeUndefined();
});

test('a page opens as its link says: our sentences of a kind, filtered, beside another task, a text in focus', async () => {
  const { state, actions, loads, calls } = page({ input: 'many', view: { ...EVERYTHING, only: 'wrong' } });
  const [task, other] = tasks;
  void actions.start({ task, input: 'many', ours: 'negated', beside: other!, focus: { sample: 1 } });
  await vi.waitFor(() => expect(loads).toHaveLength(1));
  await loads[0]!.succeed();
  const negated = (await task.sentences()).filter(({ kind }) => kind === 'negated').map(({ text }) => text);
  expect(calls[0]!.texts).toEqual(negated);
  await calls[0]!.answer();
  expect(state.view.value.only).toBe('wrong');
  expect(state.beside.value?.task).toBe(other);
  expect(state.focus.value).toEqual({ sample: 1 });
});

test('a link with lines runs them; one with sentences that there are none of shows none', async () => {
  const { state, actions, loads, calls } = page({ input: 'many', lines: 'a\nb' });
  void actions.start({ input: 'many', lines: 'a\nb', ours: 'one word' });
  await settled();
  await loads[0]!.succeed();
  expect(calls[0]!.texts).toEqual(['a', 'b']);
  expect(state.batch.value).toBeUndefined();
});

test('of one\'s own labels nothing is loaded until they are taught; what is learnt anew takes its place, and reads again', async () => {
  const { state, actions, calls, loads } = await ready();
  const chosen = actions.chooseTask(own);
  await settled();
  await chosen;
  expect([loads.length, loads[0]!.disposed, state.loading.value]).toEqual([1, true, { status: 'untaught' }]);
  const before = calls.length;
  const disposed: string[] = [];
  const learnt = (name: string) => ({
    open: async (speed: number) =>
      ({
        info: { ...info, name: `${name} at ${speed}` },
        trace: (texts: TextOrPair[]) => (calls.push({ texts } as Call), Promise.resolve(texts.map(() => verdictAt(1, 2)))),
        dispose: async () => void disposed.push(name),
      }) as unknown as TextClassificationPipeline,
    said: undefined,
  });
  await actions.take(learnt('first'));
  expect(state.info.value?.name).toBe('first at 0.5');
  expect(state.run.value).toMatchObject({ status: 'done' });
  await actions.take(learnt('second'));
  expect([state.info.value?.name, disposed, calls.length - before]).toEqual(['second at 0.5', ['first'], 2]);
  // While another task is looked at, it is learnt all the same.
  void actions.chooseTask(tasks[1]!);
  await settled();
  await actions.take(learnt('third'));
  expect(disposed).toEqual(['first', 'second']);
  void actions.chooseTask(own);
  await settled();
  expect(state.info.value?.name).toBe('third at 0.5');
  await actions.take(undefined);
  expect([state.loading.value, state.run.value]).toEqual([{ status: 'untaught' }, undefined]);
});
