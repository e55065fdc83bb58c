/** How numbers, exits and speeds are said, in the page's language, so that every view and chart says them alike. */

import { costOf } from '../core/device-cost.js';
import type { Belief, CurvePoint } from '../core/index.js';
import type { Device, GpuLook, TextOrPair } from '../index.js';
import { answer, saysNothing } from './outcome.js';
import { devWords, words } from './words/index.js';

/** Keeps a number and its unit on one line. */
const GAP = '\u00a0';

export function milliseconds(value: number): string {
  if (value >= 10_000) return `${(value / 1000).toFixed(1)}${GAP}s`;
  if (value >= 1000) return `${(value / 1000).toFixed(2)}${GAP}s`;
  if (value >= 100) return `${value.toFixed(0)}${GAP}ms`;
  if (value >= 1) return `${value.toFixed(1)}${GAP}ms`;
  return `${value.toFixed(2)}${GAP}ms`;
}

export function percent(fraction: number, digits = 1): string {
  return `${(fraction * 100).toFixed(digits)}${GAP}%`;
}

/** Megabytes of 10^6 bytes, as download sizes are usually given. */
export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)}${GAP}MB`;
}

/** An answer's classes by name, one or several or none. */
export function labelWords(classes: readonly number[], labels: readonly string[]): string {
  return classes.map((i) => labels[i]).join(', ') || words.value.noLabel;
}

/** What a belief answers, in words. */
export function answerWords(belief: Belief, labels: readonly string[]): string {
  return saysNothing(belief) ? words.value.unsure : labelWords(answer(belief).classes, labels);
}

/** What the slider says to a screen reader; `point` is the dev set at this speed, once loaded. */
export function speedInWords(speed: number, point: CurvePoint | undefined): string {
  const { is, spoken, onDevSet } = devWords.value.speed;
  const name = is(String(Number(speed.toFixed(2))));
  return point ? spoken(name, onDevSet(gainInWords(point))) : name;
}

/** What a speed buys on the dev set. */
export function gainInWords({ meanDepth, accuracy, exits }: CurvePoint): string {
  const { allLayers, fewer, hardlyAny } = devWords.value.speed;
  const right = percent(accuracy, 0);
  const times = (exits.length - 1) / meanDepth;
  if (times < 1.05) return allLayers(right);
  return times < 20 ? fewer(times.toFixed(1), right) : hardlyAny(right);
}

/** A static model's name beside its point. */
export function rivalName({ system, variant }: { system: string; variant: string }): string {
  const { layers, curve } = words.value;
  const names: Record<string, string> = {
    truncate: layers(parseInt(variant)),
    distilbert: 'DistilBERT',
    'theseus-bernoulli': 'Theseus',
    'theseus-proportional': curve.theseusMixed,
    layerdrop: 'LayerDrop',
    'prune-ffn': curve.neurons(share(variant)),
    'prune-heads': curve.heads(share(variant)),
  };
  return names[system] ?? system;
}

function share(variant: string): string {
  return variant.startsWith('half') ? '½' : '¼';
}

/** Short names of all exits, at the head of a table. */
export function exitTicks(layers: number): string[] {
  return Array.from({ length: layers + 1 }, (_, exit) => words.value.exit.tick(exit));
}

export function deviceName(device: string): string {
  return device === 'webgpu' ? 'WebGPU' : device === 'wasm' ? 'WASM' : words.value.device.automatic;
}

/** Where texts were read; where on several devices, how many on each. */
export function devicesInWords(verdicts: readonly { device: Device }[]): string {
  const counts = new Map<Device, number>();
  for (const { device } of verdicts) counts.set(device, (counts.get(device) ?? 0) + 1);
  const named = [...counts].map(([device, n]) => (counts.size > 1 ? `${deviceName(device)} (${n})` : deviceName(device)));
  return named.join(', ');
}

/** What device 'auto' knows of the GPU. */
export function gpuInWords({ description = '', measured, unused, why = '' }: GpuLook): string {
  const said = words.value.device.gpu;
  const took = (tokens: number): [wasm: string, webgpu: string] => [
    milliseconds(costOf(measured!.wasm, [tokens])),
    milliseconds(costOf(measured!.webgpu, [tokens])),
  ];
  const times = measured ? said.times(...took(32), ...took(1024)) : '';
  return unused ? said[unused](description, unused === 'slower' ? times : why) : said.used(description, times);
}

/** A text, or a pair as one. */
export function wholeText(text: TextOrPair): string {
  return typeof text === 'string' ? text : `${text.text} | ${text.text_pair}`;
}

/** A text cut to a length that fits a label. */
export function excerpt(text: TextOrPair, length = 60): string {
  const line = wholeText(text).replace(/\s+/g, ' ').trim();
  const characters = Array.from(line.slice(0, 2 * length + 2));
  return characters.length <= length ? line : `${characters.slice(0, length - 1).join('')}…`;
}
