/** The arguments of `npm run -s teach`. */

import { parseArgs } from 'node:util';
import { countOf, exists, numbers } from './evaluate-options.js';
import { UsageError } from './usage-error.js';

export const HELP = `Teaches the real library in a real browser with few rows of a labelled file, and tells how right it is.

  npm run -s teach -- --data FILE --test FILE [options]

  --data FILE        a table (docs/tables.md) with columns label and text, to draw rows from
  --test FILE        another, of which nothing is learnt
  --per-label LIST   rows a label that are drawn, separated by commas (default 8,32,128);
                     of a label that has fewer, all
  --seeds N          draws; figures are their means (default 3)
  --model DIR        the encoder (default public/models/general)
  --limit N          only the first N rows of the test file
  --json             print one JSON object instead of a table
  --help             print this
`;

export interface TeachOptions {
  data: string;
  test: string;
  perLabel: number[];
  seeds: number;
  model: string;
  limit: number | undefined;
  json: boolean;
}

/** @returns undefined where the arguments ask for help */
export function parseOptions(args: string[], model: string): TeachOptions | undefined {
  const { values } = parseArgs({
    args,
    options: {
      data: { type: 'string' },
      test: { type: 'string' },
      'per-label': { type: 'string', default: '8,32,128' },
      seeds: { type: 'string', default: '3' },
      model: { type: 'string', default: model },
      limit: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean' },
    },
  });
  if (values.help) return undefined;
  const { data, test } = values;
  if (data === undefined) throw new UsageError('--data FILE is missing: the labelled texts to learn from.');
  if (test === undefined) throw new UsageError('--test FILE is missing: the labelled texts to measure on.');
  for (const [option, file] of Object.entries({ data, test })) {
    if (!exists(file, 'file')) throw new UsageError(`--${option} ${file}: there is no such file.`);
  }
  if (!exists(values.model, 'folder')) throw new UsageError(`--model ${values.model}: there is no such folder.`);
  const perLabel = numbers('--per-label', values['per-label'], 2, Infinity);
  if (!perLabel.every(Number.isInteger)) throw new UsageError(`--per-label is "${values['per-label']}"; it takes whole numbers from 2 up.`);
  return { data, test, perLabel, seeds: countOf('--seeds', values.seeds)!, model: values.model, limit: countOf('--limit', values.limit), json: values.json };
}
