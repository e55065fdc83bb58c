/**
 * Everything that the page knows, as signals. Views read it; only the actions write it.
 */

import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import { atSpeed, type Belief, type Calibration, type CurvePoint } from '../core/index.js';
import type { Device, Mode, ModelInfo, TextClassificationPipeline, TextOrPair, Verdict, WordEffects } from '../index.js';
import { atRest } from './at-rest.js';
import { devSetTally } from './dev-set.js';
import { outcome, tally, type Outcome, type Sample, type Tally } from './outcome.js';
import type { Measurement } from './measure/measure.js';
import { EVERYTHING, shownTexts, type StreamView } from './stream-view.js';
import { speedupScale, type SpeedupTick } from './speedup-scale.js';
import type { Rivals } from './rivals.js';
import type { Kind, Task } from './tasks/index.js';
import type { RawText } from './texts/read-texts.js';
import type { DevWords } from './words/index.js';

export type DeviceChoice = Device | 'auto';

/** One text that is classified as one types, or many at once. */
export type InputMode = 'one' | 'many';

/** What of a text's words: how they move the answer, or what keeps the text inside. */
export type Why = 'answer' | 'inside';

export type Loading =
  /** So many bytes to download, once the visitor agrees. */
  | { status: 'offered'; bytes: number }
  | { status: 'loading'; loaded: number; total: number }
  | { status: 'ready'; info: ModelInfo }
  /** The visitor's own labels, of which nothing is learnt yet. */
  | { status: 'untaught' }
  | { status: 'failed' };

/** A call of the pipeline, and what has come of it. */
export interface Run {
  samples: readonly Sample[];
  /** The speed that it really ran at. */
  speed: number;
  mode: Mode;
  /** L of the model that ran, and its labels: they outlive a reload of the pipeline. */
  layers: number;
  labels: readonly string[];
  status: 'running' | 'done' | 'cancelled' | 'failed';
  /** Wall-clock milliseconds of the call, once it is done. */
  took?: number | undefined;
  /** The device of a run that was recorded elsewhere. */
  recordedOn?: string;
}

/** Texts that came from elsewhere than the "many texts" box. */
export interface Batch {
  title: string;
  texts: RawText[];
  /** Which of the task's own sentences they are: another task has no use for them. */
  ours?: Kind | 'all';
}

/** The visitor's own measurement: under way, or what came of it. */
export type Measuring =
  | { status: 'running'; share: number }
  | { status: 'done'; result: Measurement };

/** What a text was found to be answered without its words. */
export interface Reasons {
  /** Name of the model that read it. */
  model: string;
  text: TextOrPair;
  /** On the whole text, by all layers. */
  verdict: Verdict;
  words: WordEffects;
  /** Whether all of it is known; until then parts that are not lack their `exits`. */
  isWhole: boolean;
  /** The text without two of its words: the numbers of those among the parts of `words`. */
  pairs: readonly { parts: [number, number]; trajectory: readonly Belief[] }[];
}

/** Where the texts of a run lie on the map. */
export interface Places {
  /** The run's texts, as it has them. */
  texts: readonly TextOrPair[];
  /** The speed at which they left: each lies by the state of its exit. */
  speed: number;
  model: string;
  /** [n, 2] row-major. */
  points: Float32Array;
  /** Of all that the states differ by, the share that either direction shows. */
  shares: readonly [number, number];
}

/** What a task takes to work without a network, in bytes. */
export interface Kept {
  task: Task;
  bytes: number;
  /** Still to download. */
  missing: number;
  isWhole: boolean;
}

/** What was taught in the page, or opened from a file. */
export interface Taught {
  open(speed: number): Promise<TextClassificationPipeline>;
  /** What is said of its dev set. */
  said: DevWords | undefined;
}

/** What went wrong: an error's name and sentence. */
export interface Trouble {
  name: string;
  message: string;
}

/** What the pointer or the arrow keys are on; every figure shows it. */
export interface Focus {
  sample?: number | undefined;
  layer?: number | undefined;
  /** Of the text in view, the number of the word among the parts of its reasons. */
  word?: number | undefined;
}

/** What a link may say from the start. */
export interface Start {
  task: Task;
  text: string;
  speed: number;
  device: DeviceChoice;
  input?: InputMode;
  second?: string | undefined;
  lines?: string;
  reallyStop?: boolean;
  view?: StreamView;
  exit?: number | undefined;
  step?: number | undefined;
  why?: Why | undefined;
  map?: boolean;
}

/** What moves with the slider. */
export interface Following {
  speed: Signal<number>;
  /** One a sample of the run. */
  outcomes: ReadonlySignal<readonly Outcome[]>;
  /** Where texts leave: one's own many, or, while there are none, the dev set's. */
  leaving: ReadonlySignal<{ whose: 'own' | 'dev' | 'recorded'; tally: Tally } | undefined>;
  /** The dev set at this speed. */
  devPoint: ReadonlySignal<CurvePoint | undefined>;
}

export interface State extends Following {
  task: Signal<Task>;
  input: Signal<InputMode>;
  text: Signal<string>;
  /** Another text to set beside it, while two are compared; of a pair, its second text. */
  second: Signal<string | undefined>;
  /** The "many texts" box. */
  lines: Signal<string>;
  batch: Signal<Batch | undefined>;
  /** Where the slider last rested: for what has too many parts to follow a drag, or is out of sight. */
  rested: Following;
  /** Whether texts really stop at their exit, or run on for the figures. */
  reallyStop: Signal<boolean>;
  device: Signal<DeviceChoice>;
  loading: Signal<Loading>;
  /** Whether the model reads pairs: the last one, while another loads. */
  pairs: Signal<boolean>;
  runs: Record<InputMode, Signal<Run | undefined>>;
  /** What is shown while the model is not there yet. */
  recorded: Signal<Run | undefined>;
  /** Another task, whose curve stands beside this one's. */
  beside: Signal<{ task: Task; calibration: Calibration } | undefined>;
  /** How the batch stream is sorted and filtered. */
  view: Signal<StreamView>;
  /** What early exit is compared with, once it is there; some tasks have none. */
  rivals: Signal<Rivals | undefined>;
  /** The model of the visitor's own labels, once there is one. */
  taught: Signal<Taught | undefined>;
  measuring: Signal<Measuring | undefined>;
  /** One a task, once it was asked for. */
  kept: Signal<readonly Kept[] | undefined>;
  /** The task that is being kept, and how much of it is there. */
  keeping: Signal<{ task: Task; share: number } | undefined>;
  /** Takes in the next version of the page, where one waits. */
  update: Signal<(() => void) | undefined>;
  /** Of the figures that are about one exit; undefined for the one in focus. */
  exit: Signal<number | undefined>;
  /** Of the guided story, from 0, while it is told. */
  step: Signal<number | undefined>;
  /** What is shown of the words that did it; undefined while that is not asked. */
  why: Signal<Why | undefined>;
  /** Whether many texts are shown as dots on a map, and where those of the last run lie. */
  map: Signal<boolean>;
  places: Signal<Places | undefined>;
  /** Of the text that was asked about last. */
  reasons: Signal<Reasons | undefined>;
  /** A call is under way. */
  busy: Signal<boolean>;
  trouble: Signal<Trouble | undefined>;
  /** Something worth knowing that needs no action. */
  notice: Signal<string>;
  /** Said to screen readers once a run. */
  announcement: Signal<string>;
  focus: Signal<Focus>;
  info: ReadonlySignal<ModelInfo | undefined>;
  run: ReadonlySignal<Run | undefined>;
  /** Whether what is shown is re-gated from a recording made at another speed. */
  replayed: ReadonlySignal<boolean>;
  /** Numbers of the samples that the batch stream shows, in order; the same list until it changes. */
  shown: ReadonlySignal<readonly number[]>;
  /** The sample whose verdict is shown: the one in focus or, if it was not picked out of many, the first. */
  inView: ReadonlySignal<number | undefined>;
  /** The slider's second scale. */
  speedups: ReadonlySignal<readonly SpeedupTick[]>;
}

export function createState(start: Start): State {
  const input = signal<InputMode>(start.input ?? 'one');
  const speed = signal(start.speed);
  const loading = signal<Loading>({ status: 'loading', loaded: 0, total: 0 });
  const runs = { one: signal<Run | undefined>(), many: signal<Run | undefined>() };

  const focus = signal<Focus>({});
  const recorded = signal<Run | undefined>();
  const run = computed(() => runs[input.value].value ?? (input.value === 'one' ? recorded.value : undefined));
  const info = computed(() => (loading.value.status === 'ready' ? loading.value.info : undefined));
  const outcomesAt = remembered((of: Run | undefined, at: number): readonly Outcome[] =>
    of ? of.samples.map((sample) => outcome(sample, of.speed, at, of.layers)) : [],
  );
  const following = (at: Signal<number>): Following => {
    const outcomes = computed(() => outcomesAt(run.value, at.value));
    const leaving = computed(() => {
      if (run.value && (input.value === 'many' || run.value.recordedOn)) {
        return { whose: run.value.recordedOn ? ('recorded' as const) : ('own' as const), tally: tally(outcomes.value, run.value.layers) };
      }
      return info.value && { whose: 'dev' as const, tally: devSetTally(info.value.calibration, at.value) };
    });
    return { speed: at, outcomes, leaving, devPoint: computed(() => info.value && atSpeed(info.value.calibration, at.value)) };
  };
  const now = following(speed);
  const rested = following(atRest(speed));
  const replayed = computed(() => run.value !== undefined && !run.value.recordedOn && run.value.speed !== speed.value);
  const view = signal(start.view ?? EVERYTHING);
  let before: readonly number[] = [];
  const shown = computed(() => {
    const { samples = [], layers = 0, labels = [] } = run.value ?? {};
    const found = shownTexts(view.value, { samples, outcomes: rested.outcomes.value, layers, labels, replayed: replayed.value });
    const isSame = found.length === before.length && found.every((sample, i) => sample === before[i]);
    return isSame ? before : (before = found);
  });

  return {
    task: signal(start.task),
    input,
    text: signal(start.text),
    second: signal(start.second),
    lines: signal(start.lines ?? ''),
    batch: signal<Batch | undefined>(),
    ...now,
    rested,
    reallyStop: signal(start.reallyStop ?? false),
    device: signal(start.device),
    loading,
    pairs: signal(false),
    runs,
    recorded,
    beside: signal<{ task: Task; calibration: Calibration } | undefined>(),
    view,
    rivals: signal<Rivals | undefined>(),
    taught: signal<Taught | undefined>(),
    measuring: signal<Measuring | undefined>(),
    kept: signal<readonly Kept[] | undefined>(),
    keeping: signal<{ task: Task; share: number } | undefined>(),
    update: signal<(() => void) | undefined>(),
    exit: signal<number | undefined>(start.exit),
    step: signal<number | undefined>(start.step),
    why: signal(start.why),
    reasons: signal<Reasons | undefined>(),
    map: signal(start.map ?? false),
    places: signal<Places | undefined>(),
    busy: signal(false),
    trouble: signal<Trouble | undefined>(),
    notice: signal(''),
    announcement: signal(''),
    focus,
    info,
    run,
    replayed,
    shown,
    inView: computed(() => focus.value.sample ?? (input.value === 'many' || run.value?.recordedOn ? undefined : 0)),
    speedups: computed(() => (info.value ? speedupScale(info.value.calibration) : [])),
  };
}

/** Works a run out once for a speed: while the slider rests, what follows it and what waits for that ask for the same. */
function remembered<Result>(workOut: (run: Run | undefined, speed: number) => Result): typeof workOut {
  let last: { run: Run | undefined; speed: number; result: Result } | undefined;
  return (run, speed) => {
    if (last?.run !== run || last?.speed !== speed) last = { run, speed, result: workOut(run, speed) };
    return last!.result;
  };
}
