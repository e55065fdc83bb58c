/**
 * A threshold an exit. One speed for all exits is the simplest row of them; fitted rows take more
 * of what each exit is good for: on some tasks no text gains from the last layers, on others the
 * first exits are too sure of themselves.
 */

import { atThresholds, exitOf, type Calibration, type CurvePoint } from './calibration.js';
import { uniform, type Thresholds } from './gate.js';

/** Fitted thresholds are multiples of this: finer ones would follow single dev texts. */
const STEP = 0.05;
const CANDIDATES = Array.from({ length: Math.round(1 / STEP) }, (_, i) => (i + 1) * STEP);
/** Sweeps over the exits, each of which can only lower the cost. */
const SWEEPS = 4;

/**
 * The thresholds that cost least on the dev set, Σ wrong + price · depth, found exit by exit,
 * each given the others.
 *
 * @param price of one layer, in wrong answers
 */
export function fitThresholds(calibration: Calibration, price: number): Thresholds {
  const { n, labels, predictions, uncertainties } = calibration;
  const last = predictions.length - 1;
  const thresholds = [...uniform(0, last)];
  const cost = predictions.map(
    (said, exit) => said && Float64Array.from(said, (one, text) => Number(one !== labels[text]) + price * exit),
  );
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (let exit = last - 1; exit >= 0; exit--) {
      const unsure = uncertainties[exit];
      if (!unsure) continue;
      const gains = new Float64Array(CANDIDATES.length);
      for (let text = 0; text < n; text++) {
        if (exitOf(calibration, text, thresholds) < exit) continue;
        // The text leaves under every candidate above its uncertainty.
        const first = CANDIDATES.findIndex((candidate) => unsure[text]! < candidate);
        if (first < 0) continue;
        const otherwise = exitOf(calibration, text, thresholds, exit + 1);
        gains[first]! += cost[otherwise]![text]! - cost[exit]![text]!;
      }
      let best = 0;
      let gain = 0;
      thresholds[exit] = 0;
      gains.forEach((more, i) => {
        gain += more;
        if (gain > best + 1e-9) [best, thresholds[exit]] = [gain, CANDIDATES[i]!];
      });
    }
  }
  return thresholds;
}

/** What the dev set gives for a row of thresholds. */
export type Setting = Omit<CurvePoint, 'speed'> & { thresholds: Thresholds };

/** Prices of a layer that are tried, in wrong answers a text: from 0.0005 to 0.37. */
const PRICES = Array.from({ length: 23 }, (_, i) => 0.0005 * 1.35 ** i);

const known = new WeakMap<Calibration, Setting[]>();

/**
 * Settings from all layers to none, each faster than the one before. Where even the lowest price
 * leaves layers unused that no text gains from, slower settings close its first exits one after
 * another. Takes some 70 ms the first time it is asked of a calibration of 872 texts.
 */
export function frontier(calibration: Calibration): Setting[] {
  let settings = known.get(calibration);
  if (settings) return settings;
  const layers = calibration.predictions.length - 1;
  const fitted = PRICES.map((price) => fitThresholds(calibration, price));
  const closed = (exits: number): Thresholds => fitted[0]!.map((t, exit) => (exit < exits ? 0 : t));
  const rows = [...Array.from({ length: layers }, (_, i) => closed(layers - i)), ...fitted];
  // At 2 every text leaves at the first exit, also one of uncertainty 1.
  rows.push(uniform(2, layers));
  settings = [];
  for (const thresholds of rows) {
    const setting = settingOf(calibration, thresholds);
    if (setting.meanDepth < (settings.at(-1)?.meanDepth ?? Infinity) - 1e-9) settings.push(setting);
  }
  known.set(calibration, settings);
  return settings;
}

function settingOf(calibration: Calibration, thresholds: Thresholds): Setting {
  return { thresholds, ...atThresholds(calibration, thresholds) };
}

/** Halvings between two settings: to a thousandth of their distance. */
const HALVINGS = 10;

const mixes = new WeakMap<Calibration, Map<number, Setting>>();

/**
 * The setting whose mean depth on dev is `layers / times`: between two settings of the frontier
 * their thresholds are mixed. Found once for each number of times: a call may name it text by text.
 *
 * @param times how many times fewer layers, from 1 up
 */
export function forSpeedup(calibration: Calibration, times: number): Setting {
  const known = mixes.get(calibration) ?? new Map<number, Setting>();
  mixes.set(calibration, known);
  const setting = known.get(times) ?? mixed(calibration, times);
  known.set(times, setting);
  return setting;
}

function mixed(calibration: Calibration, times: number): Setting {
  const wanted = (calibration.predictions.length - 1) / times;
  const settings = frontier(calibration);
  const after = settings.findIndex(({ meanDepth }) => meanDepth <= wanted);
  if (after < 0) return settings.at(-1)!;
  if (after === 0) return settings[0]!;
  const [slow, fast] = [settings[after - 1]!, settings[after]!];
  let [low, high] = [0, 1];
  let found = fast;
  for (let i = 0; i < HALVINGS; i++) {
    const share = (low + high) / 2;
    const thresholds = slow.thresholds.map((t, exit) => t + share * (fast.thresholds[exit]! - t));
    const setting = settingOf(calibration, thresholds);
    if (Math.abs(setting.meanDepth - wanted) < Math.abs(found.meanDepth - wanted)) found = setting;
    if (setting.meanDepth > wanted) low = share;
    else high = share;
  }
  return found;
}

/**
 * The fastest setting that is at least so accurate on dev, its confidence taken into account: the
 * lower end of its interval counts. Undefined where none is.
 */
export function forAccuracy(calibration: Calibration, least: number): Setting | undefined {
  return frontier(calibration).findLast(({ interval }) => interval[0] >= least);
}
