/**
 * The whole state of the page in its URL's hash, so that what one sees can be sent on. The hash never reaches a
 * server. What stands at its usual value is left out, and so is what is too long for a link or lies in a file.
 */

import type { DeviceChoice, Focus, InputMode, State, Why } from './state.js';
import { EVERYTHING, type SortKey, type StreamView } from './stream-view.js';
import { taskOf, tasks, type Kind, type Task } from './tasks/index.js';
import { isLanguage, language, type Language } from './words/index.js';

export interface Link {
  task: Task;
  input: InputMode;
  text: string;
  second: string | undefined;
  /** The "many texts" box. */
  lines: string;
  /** Which of the task's own sentences are shown. */
  ours: Kind | 'all' | undefined;
  speed: number;
  reallyStop: boolean;
  device: DeviceChoice;
  view: StreamView;
  /** Of the figures that are about one exit. */
  exit: number | undefined;
  beside: Task | undefined;
  focus: Focus;
  /** Of the guided story, from 0. */
  step: number | undefined;
  why: Why | undefined;
  /** Whether many texts are shown as a map. */
  map: boolean;
  language: Language;
}

/** Longer texts stay out of the link: browsers and messengers cut long ones. */
const LONGEST_TEXT = 2000;
/** More layers than any model here has, more texts than the page takes. */
const MOST = 10_000;

const sorts: readonly SortKey[] = ['given', 'label', 'score', 'exit', 'uncertainty', 'ms'];

/** Only what the link says, and is possible. */
export function readPermalink(hash: string): Partial<Link> {
  const fields = new URLSearchParams(hash.replace(/^#/, ''));
  const [layer, sample] = [count(fields, 'layer'), count(fields, 'sample')];
  const step = count(fields, 'step');
  const tongue = fields.get('lang');
  return said({
    task: taskOf(fields.get('task')),
    input: fields.get('input') === 'many' ? 'many' : undefined,
    text: fields.get('text') ?? undefined,
    second: fields.get('second') ?? undefined,
    lines: fields.get('lines') ?? undefined,
    ours: (fields.get('ours') as Kind | null) ?? undefined,
    speed: readSpeed(fields.get('speed')),
    reallyStop: fields.has('stop') ? true : undefined,
    device: readDevice(fields.get('device')),
    view: readView(fields),
    exit: count(fields, 'exit'),
    beside: tasks.find(({ id }) => id === fields.get('beside')),
    focus: layer === undefined && sample === undefined ? undefined : said({ layer, sample }),
    step: step === undefined || step === 0 ? undefined : step - 1,
    why: readWhy(fields.get('why')),
    map: fields.has('map') ? true : undefined,
    language: isLanguage(tongue) ? tongue : undefined,
  });
}

export function writePermalink(link: Partial<Link>): string {
  const { task, input, text, second, lines, ours, speed, reallyStop, device, view = EVERYTHING, focus = {} } = link;
  const { exit, beside, step, why, map } = link;
  const fields = new URLSearchParams();
  const set = (name: string, value: string | number | undefined): void => {
    if (value !== undefined && String(value).length <= LONGEST_TEXT) fields.set(name, String(value));
  };
  set('task', task === tasks[0] ? undefined : task?.id);
  set('input', input === 'many' ? 'many' : undefined);
  set('text', text);
  set('second', second);
  set('lines', lines || undefined);
  set('ours', ours);
  set('speed', speed);
  set('stop', reallyStop ? 1 : undefined);
  set('device', device === 'auto' ? undefined : device);
  set('sort', view.sort === 'given' && !view.descending ? undefined : (view.descending ? '-' : '') + view.sort);
  set('contains', view.contains || undefined);
  set('only', view.only === 'all' ? undefined : view.only);
  set('label', view.label);
  set('left', view.exit);
  set('exit', exit);
  set('beside', beside?.id);
  set('sample', focus.sample);
  set('layer', focus.layer);
  set('step', step === undefined ? undefined : step + 1);
  set('why', why);
  set('map', map ? 1 : undefined);
  set('lang', link.language);
  return `#${fields}`;
}

/** What a link to the page as it is says; its language only where the visitor's browser would not ask for it. */
export function linkOf(state: State, usual: Language): Partial<Link> {
  const { task, input, text, second, lines, batch, speed, reallyStop, device, view, exit, beside, focus, step, why, map } = state;
  const many = input.value === 'many';
  return said({
    task: task.value,
    input: input.value,
    text: text.value,
    second: second.value,
    lines: many && !batch.value ? lines.value : undefined,
    ours: many ? batch.value?.ours : undefined,
    speed: speed.value,
    reallyStop: reallyStop.value,
    device: device.value,
    view: many ? view.value : undefined,
    exit: exit.value,
    beside: beside.value?.task,
    focus: many ? focus.value : undefined,
    step: step.value,
    why: why.value,
    map: map.value,
    language: language.value === usual ? undefined : language.value,
  });
}

export function readDevice(name: string | null): DeviceChoice | undefined {
  return name === 'auto' || name === 'webgpu' || name === 'wasm' ? name : undefined;
}

function readWhy(why: string | null): Why | undefined {
  return why === 'answer' || why === 'inside' ? why : undefined;
}

function readSpeed(speed: string | null): number | undefined {
  if (speed === null || speed.trim() === '' || !(Number(speed) >= 0 && Number(speed) <= 1)) return undefined;
  return Math.round(Number(speed) * 100) / 100;
}

function readView(fields: URLSearchParams): StreamView | undefined {
  const only = fields.get('only');
  const sort = fields.get('sort');
  const key = sorts.find((one) => one === sort?.replace(/^-/, ''));
  const view = said({
    sort: key,
    descending: key && sort!.startsWith('-') ? true : undefined,
    contains: fields.get('contains') ?? undefined,
    only: only === 'wrong' || only === 'disagree' ? only : undefined,
    label: count(fields, 'label'),
    exit: count(fields, 'left'),
  } satisfies { [key in keyof StreamView]: StreamView[key] | undefined });
  return Object.keys(view).length === 0 ? undefined : { ...EVERYTHING, ...view };
}

/** A whole number from 0. */
function count(fields: URLSearchParams, name: string): number | undefined {
  const value = fields.get(name);
  return value !== null && /^\d+$/.test(value) && Number(value) < MOST ? Number(value) : undefined;
}

/** Without what is undefined. */
function said<T extends object>(all: T): { [key in keyof T]?: Exclude<T[key], undefined> } {
  const entries = Object.entries(all).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [key in keyof T]?: Exclude<T[key], undefined> };
}
