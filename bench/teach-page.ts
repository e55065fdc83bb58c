/** The half of `npm run -s teach` that runs in the page: one draw, taught and measured. */

import { atThresholds, likeliest, uniform, type Calibration } from '../src/core/index.js';
import { teach } from '../src/index.js';

export interface Drawn {
  /** URL of the encoder's folder. */
  model: string;
  labels: string[];
  texts: { text: string; label: string }[];
  test: { texts: string[]; labels: number[] };
}

/** Of one draw, accuracies as fractions. */
export interface Taught {
  exitAccuracy: number[];
  /** Test texts at the speed that leave-one-out says loses nothing. */
  nothingLost: { accuracy: number; meanDepth: number };
  /** What leave-one-out promised. */
  promised: { exitAccuracy: number[]; nothingLost: { accuracy: number; meanDepth: number } };
  fitMs: number;
  hiddenMs: number;
  hiddenBytes: number;
  words: boolean;
}

export async function teachOnce({ model, labels, texts, test }: Drawn): Promise<Taught> {
  const teacher = await teach(model, { labels, name: 'bench' });
  try {
    teacher.add(texts);
    const { exits, nothingLost, ms, bytes, words } = await teacher.fit();
    // Test texts are thousands, through all layers: by all cores, since nothing is timed there.
    const classify = teacher.pipeline({ workers: navigator.hardwareConcurrency });
    const verdicts = await classify.trace(test.texts, { mode: 'explore' });
    const known = classify.info.labels;
    await classify.dispose();
    // Every exit's answer to every test text, as the calibration of a model has them.
    const seen: Calibration = {
      split: 'test',
      n: verdicts.length,
      labels: test.labels,
      predictions: exits.map((_, exit) => verdicts.map(({ trajectory }) => labels.indexOf(known[likeliest(trajectory[exit]!)]!))),
      uncertainties: exits.map((_, exit) => verdicts.map(({ trajectory }) => trajectory[exit]!.uncertainty)),
    };
    const at = ({ accuracy, meanDepth }: { accuracy: number; meanDepth: number }) => ({ accuracy, meanDepth });
    return {
      exitAccuracy: seen.predictions.map((said) => said!.filter((label, text) => label === test.labels[text]).length / seen.n),
      nothingLost: at(atThresholds(seen, uniform(nothingLost.speed, exits.length - 1))),
      promised: { exitAccuracy: exits.map(({ accuracy }) => accuracy), nothingLost: at(nothingLost) },
      fitMs: ms.fit,
      hiddenMs: ms.read,
      hiddenBytes: bytes,
      words,
    };
  } finally {
    await teacher.delete();
  }
}
