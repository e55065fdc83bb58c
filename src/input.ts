/** Checks on what a caller passes in, before anything is sent to the worker. */

import type { TextOrPair, TextPair } from './contract.js';
import { frontier, thresholdsFor, type Calibration, type Thresholds } from './core/index.js';
import type { Pace, Target } from './options.js';

export function inputError(what: string): Error {
  return Object.assign(new Error(what), { name: 'InputError' });
}

/** A folder, relative to the page, as an absolute URL ending in a slash; or an InputError. */
export function folderOf(folder: string): string {
  if (typeof folder !== 'string' || folder === '') {
    throw inputError(`expected the address of a folder, got ${folder === '' ? 'an empty one' : kindOf(folder)}`);
  }
  // A worker has no document, and pipelines may be made there too.
  const base = globalThis.document?.baseURI ?? location.href;
  return new URL(folder.endsWith('/') ? folder : `${folder}/`, base).href;
}

/** A threshold in [0, 1], or an InputError. */
export function checkSpeed(speed: number): number {
  if (typeof speed !== 'number' || !(speed >= 0 && speed <= 1)) {
    throw inputError(`speed is ${String(speed)}; it takes a number from 0 (all layers) to 1 (fastest)`);
  }
  return speed;
}

/** What a pace asks for, undefined where it asks for nothing, or an InputError. */
export function checkPace(pace: Pace): Target | undefined {
  const { speed, speedup, accuracy, agreement } = pace;
  const given = Object.entries({ speed, speedup, accuracy, agreement }).filter(([, value]) => value !== undefined);
  if (given.length > 1) {
    throw inputError(`${given.map(([name]) => name).join(' and ')} are given; they take the same place, give one`);
  }
  if (speed !== undefined) return { speed: checkSpeed(speed) };
  if (speedup !== undefined) {
    if (typeof speedup === 'number' && speedup >= 1) return { speedup };
    throw inputError(`speedup is ${String(speedup)}; it takes a number of times from 1 (all layers) up`);
  }
  if (accuracy !== undefined) {
    if (typeof accuracy === 'number' && accuracy >= 0 && accuracy <= 1) return { accuracy };
    throw inputError(`accuracy is ${String(accuracy)}; it takes a fraction from 0 to 1`);
  }
  if (agreement !== undefined) {
    if (typeof agreement === 'number' && agreement > 0 && agreement <= 1) return { agreement };
    throw inputError(`agreement is ${String(agreement)}; it takes a fraction above 0 and up to 1 (all layers)`);
  }
  return undefined;
}

/** The thresholds of a target on a loaded model, or an InputError. */
export function checkTarget(target: Target, calibration: Calibration): Thresholds {
  const thresholds = thresholdsFor(target, calibration);
  if (thresholds) return thresholds;
  if ('agreement' in target) {
    throw inputError(
      'agreement cannot be promised of a model that was taught in a page: its figures are of the texts that it learnt from. ' +
        'Use accuracy, an estimate, or speed',
    );
  }
  const best = Math.max(...frontier(calibration).map(({ interval }) => interval[0]));
  throw inputError(
    `accuracy is ${String(Object.values(target)[0])}; the most that ${calibration.n} dev texts vouch for is ${best.toFixed(3)}`,
  );
}

/** A number of workers, or an InputError. Not told, half of the cores, since others want some too; four at most. */
export function checkWorkers(workers: number | undefined, cores: number): number {
  if (workers === undefined) return Math.max(1, Math.min(4, Math.floor(cores / 2)));
  if (Number.isInteger(workers) && workers > 0) return workers;
  throw inputError(`workers is ${String(workers)}; it takes a whole number from 1 up`);
}

/**
 * A list of texts, or of pairs for a model that reads those. Any string is classified, also an empty one;
 * anything else is an InputError that names its place. Lone surrogates become U+FFFD, as in every encoder.
 */
export function checkTexts(texts: readonly TextOrPair[], pairs: boolean): TextOrPair[] {
  if (!Array.isArray(texts)) {
    throw inputError(`expected a text or a list of texts, got ${kindOf(texts)}`);
  }
  return texts.map((text: unknown, i) => (pairs ? checkPair(text, i) : checkText(text, i)));
}

function checkText(text: unknown, i: number): string {
  if (typeof text === 'string') return text.toWellFormed();
  if ('text_pair' in Object(text)) throw inputError(`text ${i} is a pair, not a string: this model reads single texts`);
  throw inputError(`text ${i} is ${kindOf(text)}, not a string`);
}

function checkPair(pair: unknown, i: number): TextPair {
  if (typeof pair !== 'object' || pair === null) {
    throw inputError(`text ${i} is ${kindOf(pair)}, not a pair: this model reads { text, text_pair }`);
  }
  const { text, text_pair } = pair as TextPair;
  for (const [name, value] of Object.entries({ text, text_pair })) {
    if (typeof value !== 'string') throw inputError(`${name} of text ${i} is ${kindOf(value)}, not a string`);
  }
  return { text: text.toWellFormed(), text_pair: text_pair.toWellFormed() };
}

function kindOf(value: unknown): string {
  return value === null ? 'null' : typeof value;
}
