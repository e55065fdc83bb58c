/**
 * Finds out where the texts of a batch lie on the map, while it is shown: they are read once more, as they were, for
 * the states at which they left. Runs that come after are placed in turn, and end what was begun for the one before.
 */

import { computed, effect } from '@preact/signals';
import type { TextClassificationPipeline } from '../../index.js';
import type { Projection } from '../projection.js';
import type { States } from '../projection.worker.js';
import type { Places, Run, State } from '../state.js';
import { troubleOf } from '../troubles.js';
import { wholeText } from '../wording.js';

type Project = (states: States, signal: AbortSignal) => Promise<Projection>;

export function place(state: State, reader: () => TextClassificationPipeline | undefined, project: Project, until: AbortSignal): void {
  if (until.aborted) return;
  const run = computed(() => (state.info.value && !state.busy.value && state.input.value === 'many' ? state.runs.many.value : undefined));
  let stop = new AbortController();

  async function find({ samples, speed }: Run, { signal }: AbortController): Promise<void> {
    const ready = reader()!;
    const texts = samples.map(({ text }) => text);
    const verdicts = await ready.trace(texts, { speed, state: true, signal });
    const size = verdicts[0]?.state?.length ?? 0;
    const rows = new Float32Array(size * texts.length);
    verdicts.forEach((verdict, i) => rows.set(verdict.state!, i * size));
    const projection = await project({ rows, size, exits: verdicts.map(({ exit }) => exit) }, signal);
    state.places.value = { texts, speed, model: ready.info.name, ...projection };
  }

  const end = effect(() => {
    stop.abort();
    const of = run.value;
    if (!of || of.status !== 'done' || isOf(state.places.peek(), of, state.info.value!.name)) return;
    const mine = (stop = new AbortController());
    find(of, mine).catch((error: unknown) => {
      if (!mine.signal.aborted) state.trouble.value = troubleOf(error);
    });
  });
  until.addEventListener('abort', () => {
    end();
    stop.abort();
  });
}

/** Whether places are those of a run's texts at its speed. */
export function isOf(places: Places | undefined, { samples, speed }: Run, model: string): boolean {
  return (
    places !== undefined &&
    places.model === model &&
    places.speed === speed &&
    places.texts.length === samples.length &&
    places.texts.every((text, i) => wholeText(text) === wholeText(samples[i]!.text))
  );
}
