/** The arguments of `npm run -s evaluate`. */

import { statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Target } from '../src/core/index.js';
import { UsageError } from './usage-error.js';

export const HELP = `Classifies a labelled file with the real library in a real browser.

  npm run -s evaluate -- --model DIR --data FILE [options]

  --model DIR        model package: a folder with manifest.json
  --data FILE        a table (docs/tables.md) with columns label and text, for a model of pairs
                     also text_pair; a label is a class number or a label's name
  --device NAME      wasm, webgpu, or auto, which takes the faster (default auto)
  --speed LIST       thresholds from 0 to 1, separated by commas (default 0,0.1,0.3,0.5,0.8,
                     where none of the next three is given)
  --speedup LIST     how many times fewer layers, from 1 up
  --accuracy LIST    accuracies that the dev set has to vouch for, from 0 to 1
  --agreement LIST   shares of answers that have to be proven to be the last exit's, above 0 and up to 1
  --limit N          only the first N rows
  --batch N          also classify N texts a call, and tell texts a second
  --reference FILE   compare text by text with trajectories that training wrote
  --json             print one JSON object instead of a table
  --help             print this

Milliseconds are the wall time of one call with one text, measured in the page. Before that ten
texts of all lengths run through all layers, over and over for two seconds, as warm-up.
`;

const DEVICES = ['wasm', 'webgpu', 'auto'] as const;

export interface EvaluateOptions {
  model: string;
  data: string;
  device: (typeof DEVICES)[number];
  targets: Target[];
  limit: number | undefined;
  batch: number | undefined;
  reference: string | undefined;
  json: boolean;
}

/** @returns undefined where the arguments ask for help */
export function parseOptions(args: string[]): EvaluateOptions | undefined {
  const { values } = parseArgs({
    args,
    options: {
      model: { type: 'string' },
      data: { type: 'string' },
      device: { type: 'string' },
      speed: { type: 'string' },
      speedup: { type: 'string' },
      accuracy: { type: 'string' },
      agreement: { type: 'string' },
      limit: { type: 'string' },
      batch: { type: 'string' },
      reference: { type: 'string' },
      json: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) return undefined;
  const { model, data, reference, device = 'auto', speedup, accuracy, agreement } = values;
  const speed = values.speed ?? (speedup ?? accuracy ?? agreement ? undefined : '0,0.1,0.3,0.5,0.8');
  if (model === undefined) throw new UsageError('--model DIR is missing: the folder of a model package.');
  if (data === undefined) throw new UsageError('--data FILE is missing: the labelled texts.');
  if (!isDevice(device)) {
    throw new UsageError(`--device is "${device}"; it takes ${DEVICES.join(', ')}.`);
  }
  if (!exists(model, 'folder')) throw new UsageError(`--model ${model}: there is no such folder.`);
  if (!exists(data, 'file')) throw new UsageError(`--data ${data}: there is no such file.`);
  if (reference !== undefined && !exists(reference, 'file')) {
    throw new UsageError(`--reference ${reference}: there is no such file.`);
  }
  return {
    model,
    data,
    device,
    targets: [
      ...numbers('--speed', speed, 0, 1).map((one) => ({ speed: one })),
      ...numbers('--speedup', speedup, 1, Infinity).map((one) => ({ speedup: one })),
      ...numbers('--accuracy', accuracy, 0, 1).map((one) => ({ accuracy: one })),
      ...numbers('--agreement', agreement, 0, 1).map((one) => ({ agreement: one })),
    ],
    limit: countOf('--limit', values.limit),
    batch: countOf('--batch', values.batch),
    reference,
    json: values.json ?? false,
  };
}

function isDevice(name: string): name is EvaluateOptions['device'] {
  return (DEVICES as readonly string[]).includes(name);
}

export function exists(path: string, kind: 'file' | 'folder'): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  return (kind === 'file' ? found?.isFile() : found?.isDirectory()) ?? false;
}

export function numbers(option: string, list: string | undefined, least: number, most: number): number[] {
  return (list?.split(',') ?? []).map((word) => {
    const value = word.trim() === '' ? NaN : Number(word);
    if (value >= least && value <= most) return value;
    throw new UsageError(`${option}: "${word}" is not a number from ${least} ${most < Infinity ? `to ${most}` : 'up'}.`);
  });
}

export function countOf(option: string, word: string | undefined): number | undefined {
  if (word === undefined) return undefined;
  const count = /^\d+$/.test(word) ? Number(word) : 0;
  if (count >= 1) return count;
  throw new UsageError(`${option} is "${word}"; it takes a whole number from 1 up.`);
}
