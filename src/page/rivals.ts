/**
 * What early exit is set against: static models, one trained network a point, and early exit that
 * learned from the same rows as they. `npm run -s report` writes the file.
 */

export interface Rivals {
  /** The rows that accuracies are of, and how many they are. */
  split: string;
  n: number;
  /** How many texts each model learned from. */
  trainRows: number;
  models: StaticModel[];
  /** Early exit, a point a speed. */
  early: { speed: number; layers: number; accuracy: number }[];
}

export interface StaticModel {
  system: string;
  variant: string;
  /** Whole layers that its multiply-adds would pay for: a pruned layer counts for a part of one. */
  layers: number;
  accuracy: number;
  interval: [low: number, high: number];
}

/** @throws Error where the file cannot be had, or is none of these */
export async function readRivals(url: string): Promise<Rivals> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  const rivals = (await response.json()) as Rivals;
  if (!Array.isArray(rivals.models) || !Array.isArray(rivals.early)) throw new Error(`${url} holds no models`);
  return rivals;
}
