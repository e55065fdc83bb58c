/**
 * Exposes the real library to Playwright: to `evaluate`, and to the browser tests. The demo page
 * would bring its own model and calls.
 */

import { keptTeachings, pipeline, teach, type TextClassificationPipeline, type Teacher } from '../src/index.js';
import { compareKernels } from './compare-kernels.js';
import { oneByOne, together, turns } from './measure.js';
import { teachOnce } from './teach-page.js';

declare global {
  var fastbert: {
    pipeline: typeof pipeline;
    teach: typeof teach;
    keptTeachings: typeof keptTeachings;
    teachOnce: typeof teachOnce;
    oneByOne: typeof oneByOne;
    together: typeof together;
    turns: typeof turns;
    compareKernels: typeof compareKernels;
    /** Where Playwright keeps what it loaded from one evaluate() to the next. */
    classify?: TextClassificationPipeline;
    /** What it teaches. */
    teacher?: Teacher;
    /** To be classified again and again. */
    texts?: string[];
    /** Where several models are compared. */
    models?: TextClassificationPipeline[];
  };
}

globalThis.fastbert = { pipeline, teach, keptTeachings, teachOnce, oneByOne, together, turns, compareKernels };
