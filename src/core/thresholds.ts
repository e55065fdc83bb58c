/**
 * A threshold an exit. One speed for all exits is the simplest row of them; fitted rows take more
 * of what each exit is good for: on some tasks no text gains from the last layers, on others the
 * first exits are too sure of themselves.
 */

import { atThresholds, type Calibration, type CurvePoint } from './calibration.js';
import { uniform, type Thresholds } from './gate.js';

/** Fitted thresholds are multiples of this: finer ones would follow single dev texts. */
const STEP = 0.05;
const CANDIDATES = Array.from({ length: Math.round(1 / STEP) }, (_, i) => (i + 1) * STEP);
/** Sweeps over the exits, each of which can only lower the cost. */
const SWEEPS = 4;

/** What fitting reads again and again: made once a calibration. */
interface Table {
  /** Whether an exit's answer is wrong [L + 1][n]. */
  wrong: (Uint8Array | null)[];
  /** The lowest candidate under which a text would leave, by number, at exits 0 to L - 1 [L][n]. */
  first: (Uint8Array | null)[];
}

const tables = new WeakMap<Calibration, Table>();

function tableOf(calibration: Calibration): Table {
  let table = tables.get(calibration);
  if (table) return table;
  const { labels, predictions, uncertainties } = calibration;
  table = {
    wrong: predictions.map((said) => said && Uint8Array.from(said, (one, text) => Number(one !== labels[text]))),
    first: uncertainties.slice(0, -1).map(
      (unsure) =>
        unsure &&
        Uint8Array.from(unsure, (u) => {
          const found = CANDIDATES.findIndex((candidate) => u < candidate);
          return found < 0 ? NEVER : found;
        }),
    ),
  };
  tables.set(calibration, table);
  return table;
}

/** No candidate lets the text leave; also: the exit is closed. */
const NEVER = 255;

/**
 * The thresholds that cost least on the dev set, Σ wrong + price · depth, found exit by exit,
 * each given the others.
 *
 * @param price of one layer, in wrong answers
 */
export function fitThresholds(calibration: Calibration, price: number): Thresholds {
  const { n } = calibration;
  const { wrong, first } = tableOf(calibration);
  const last = first.length;
  /** Thresholds by number of candidate; a text leaves where its first candidate is no higher. */
  const chosen = new Int16Array(last).fill(-1);
  const leavesAt = (exit: number, text: number): boolean => first[exit] !== null && first[exit]![text]! <= chosen[exit]!;
  const earliest = new Uint8Array(n);
  const otherwise = new Float64Array(n);
  const gains = new Float64Array(CANDIDATES.length);
  let before = '';
  for (let sweep = 0; sweep < SWEEPS && String(chosen) !== before; sweep++) {
    before = String(chosen);
    for (let text = 0; text < n; text++) {
      let exit = 0;
      while (exit < last && !leavesAt(exit, text)) exit++;
      earliest[text] = exit;
      otherwise[text] = wrong[last]![text]! + price * last;
    }
    for (let exit = last - 1; exit >= 0; exit--) {
      const candidates = first[exit];
      const mistakes = wrong[exit];
      if (!candidates || !mistakes) continue;
      gains.fill(0);
      for (let text = 0; text < n; text++) {
        // Those that exits before this one let go do not come here.
        if (earliest[text]! < exit || candidates[text] === NEVER) continue;
        gains[candidates[text]!]! += otherwise[text]! - mistakes[text]! - price * exit;
      }
      let best = 0;
      let gain = 0;
      chosen[exit] = -1;
      gains.forEach((more, i) => {
        gain += more;
        if (gain > best + 1e-9) [best, chosen[exit]] = [gain, i];
      });
      for (let text = 0; text < n; text++) {
        if (candidates[text]! <= chosen[exit]!) otherwise[text] = mistakes[text]! + price * exit;
      }
    }
  }
  return Array.from(chosen, (number) => (number < 0 ? 0 : CANDIDATES[number]!));
}

/** What the dev set gives for a row of thresholds. */
export type Setting = Omit<CurvePoint, 'speed'> & { thresholds: Thresholds };

/** Prices of a layer that are tried, in wrong answers a text: from 0.0005 to 0.37. */
const PRICES = Array.from({ length: 23 }, (_, i) => 0.0005 * 1.35 ** i);

const frontiers = new WeakMap<Calibration, Setting[]>();

/**
 * Settings from all layers to none, each faster than the one before. Where even the lowest price
 * leaves layers unused that no text gains from, slower settings close its first exits one after
 * another. Takes some tens of milliseconds the first time it is asked of a calibration of 3,000 texts.
 */
export function frontier(calibration: Calibration): Setting[] {
  let settings = frontiers.get(calibration);
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
  frontiers.set(calibration, settings);
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
