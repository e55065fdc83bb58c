/** What the contestants of a race are given, beside texts one by one. */

import { times } from '../src/page/measure/timing.js';
import { HALF_POINT, LITERT, nameOf, NO_LOSS, TRANSFORMERS, WHOLE } from './contestants.js';
import type { Bulk, BySize } from './figures.js';
import type { Race } from './race.js';
import { ofTokens } from './samples.js';

export const BULK = 1000;
/** Texts at once that transformers.js is given the bulk in; its best counts. (The more, the slower: it pads to the longest.) */
const PEER_BATCHES = [1, 16];

/** All at once through this library, through transformers.js in several ways, and through LiteRT.js, in turns. */
export async function runBulk(race: Race, texts: string[], quick: boolean): Promise<Bulk[]> {
  const rounds = quick ? 1 : 3;
  const ways = [
    ...[NO_LOSS, HALF_POINT].map((target) => ({ name: nameOf(target), atOnce: BULK })),
    ...PEER_BATCHES.map((atOnce) => ({ name: race.named(TRANSFORMERS), atOnce })),
    { name: LITERT, atOnce: 1 }, // its signatures take one text
  ];
  const took = ways.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < ways.length; i++) {
      const way = (i + round) % ways.length;
      const { name, atOnce } = ways[way]!;
      const laps = await race.run(texts, atOnce, [name]);
      took[way]!.push(laps.get(name)!.ms.reduce((a, b) => a + b, 0));
    }
  }
  return ways.map((way, i) => ({
    ...way,
    texts: texts.length,
    ms: Math.round(took[i]!.reduce((a, b) => a + b, 0) / rounds),
    ...(quick ? {} : { range: [Math.round(Math.min(...took[i]!)), Math.round(Math.max(...took[i]!))] }),
  }));
}

const BATCHES = [1, 4, 16, 64, 256];
/** Batches of a size at least; of the smaller ones as many as the texts of the largest give. */
const LEAST_BATCHES = 4;

/** The same texts handed in so many at once: milliseconds a text. Who takes them one by one, does so here too. */
export async function runBatches(race: Race, texts: readonly string[]): Promise<BySize[]> {
  const some = texts.slice(0, BATCHES.at(-1));
  const names = [race.named(TRANSFORMERS), WHOLE, nameOf({ speed: 0 }), nameOf(NO_LOSS)];
  const found = names.map((name): BySize => ({ name, sizes: [] }));
  for (const size of BATCHES) {
    const rounds = Math.max(1, (LEAST_BATCHES * size) / some.length);
    const again = Array.from({ length: rounds }, () => some).flat();
    const laps = await race.run(again, size, names);
    for (const { name, sizes } of found) {
      const ms = laps.get(name)!.ms.map((all) => all / size);
      sizes.push({ size, n: ms.length, ...times(ms) });
    }
  }
  return found;
}

const LENGTHS = [8, 16, 32, 64, 128, 256, 512];
/** How often a text of each length runs. */
const ROUNDS = 15;

/** A text of each length, again and again. */
export async function runLengths(race: Race): Promise<BySize[]> {
  const found = new Map<string, BySize>();
  for (const size of LENGTHS) {
    const laps = await race.run(Array<string>(ROUNDS).fill(ofTokens(size)));
    for (const [name, { ms }] of laps) {
      const one = found.get(name) ?? { name, sizes: [] };
      found.set(name, { name, sizes: [...one.sizes, { size, n: ms.length, ...times(ms) }] });
    }
  }
  return [...found.values()];
}
