/** How numbers, exits and speeds are said, so that every view and chart says them alike. */

import type { CurvePoint } from '../core/index.js';

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

/** Like "1,234 texts". */
export function count(n: number, noun: string): string {
  return `${n.toLocaleString('en')} ${noun}${n === 1 ? '' : 's'}`;
}

/** An answer's classes by name, one or several or none. */
export function labelWords(classes: readonly number[], labels: readonly string[]): string {
  return classes.map((i) => labels[i]).join(', ') || 'none of its labels';
}

/** Like "layer 2", or "the embeddings" for exit 0. */
export function exitName(exit: number): string {
  return exit === 0 ? 'the embeddings' : `layer ${exit}`;
}

/** An axis's or a column's short name of an exit. */
export function exitTick(exit: number): string {
  return exit === 0 ? 'emb' : String(exit);
}

export function leftAt(exit: number, layers: number): string {
  return exit === 0 ? 'left at the embeddings' : `left after layer ${exit} of ${layers}`;
}

/** What the slider says to a screen reader; `point` is the dev set at this speed, once loaded. */
export function speedInWords(speed: number, point: CurvePoint | undefined): string {
  const name = `speed ${Number(speed.toFixed(2))}`;
  return point ? `${name}: ${gainInWords(point)} on the dev set` : name;
}

/** What a speed buys on the dev set. */
export function gainInWords({ meanDepth, accuracy, exits }: CurvePoint): string {
  const right = `about ${percent(accuracy, 0)} right`;
  const times = (exits.length - 1) / meanDepth;
  if (times < 1.05) return `all layers, ${right}`;
  return `${times < 20 ? `${times.toFixed(1)}x fewer` : 'hardly any'} layers, ${right}`;
}

/** A static model's name beside its point. */
export function rivalName({ system, variant }: { system: string; variant: string }): string {
  const names: Record<string, string> = {
    truncate: variant,
    distilbert: 'DistilBERT',
    'theseus-bernoulli': 'Theseus',
    'theseus-proportional': 'Theseus, mixed',
    layerdrop: 'LayerDrop',
    'prune-ffn': `${share(variant)} neurons`,
    'prune-heads': `${share(variant)} heads`,
  };
  return names[system] ?? system;
}

function share(variant: string): string {
  return variant.startsWith('half') ? '½' : '¼';
}

export function deviceName(device: string): string {
  return device === 'webgpu' ? 'WebGPU' : device === 'wasm' ? 'WASM' : 'automatic';
}

/** A text cut to a length that fits a label. */
export function excerpt(text: string, length = 60): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const characters = Array.from(line.slice(0, 2 * length + 2));
  return characters.length <= length ? line : `${characters.slice(0, length - 1).join('')}…`;
}
