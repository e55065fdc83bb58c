import { expect, test } from 'vitest';
import { level, project } from './projection.js';

/** Numbers that look random, the same each time. */
function noise(): () => number {
  let seed = 7;
  return () => {
    seed = (seed * 16807) % 2147483647;
    return seed / 2147483647 - 0.5;
  };
}

/** n points that spread along two directions of their own, and a little along all others. */
function cloud(n: number, size: number, along: [number, number]) {
  const next = noise();
  const one = Array.from({ length: size }, (_, k) => Math.cos(k));
  const other = Array.from({ length: size }, (_, k) => Math.sin(3 * k + 1));
  const length = (v: readonly number[]): number => Math.hypot(...v);
  const overlap = one.reduce((sum, x, k) => sum + x * other[k]!, 0) / length(one) ** 2;
  const axes = [one, other.map((x, k) => x - overlap * one[k]!)].map((v) => v.map((x) => x / length(v)));
  // Round an ellipse, so that the two have nothing to do with each other.
  const places = Array.from({ length: n }, (_, i) => [along[0] * Math.cos((2 * Math.PI * i) / n), along[1] * Math.sin((2 * Math.PI * i) / n)]);
  const rows = Float32Array.from({ length: n * size }, (_, i) => {
    const [row, k] = [Math.floor(i / size), i % size];
    return 5 + places[row]![0]! * axes[0]![k]! + places[row]![1]! * axes[1]![k]! + 0.01 * next();
  });
  return { rows, places };
}

/** Pearson's r. */
function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (v: readonly number[]): number => v.reduce((x, y) => x + y, 0) / v.length;
  const [ma, mb] = [mean(a), mean(b)];
  const sum = (f: (x: number, y: number) => number): number => a.reduce((all, x, i) => all + f(x - ma, b[i]! - mb), 0);
  return sum((x, y) => x * y) / Math.sqrt(sum((x) => x * x) * sum((_, y) => y * y));
}

test('the two directions of largest spread are found, the larger first, with their shares', () => {
  const { rows, places } = cloud(500, 24, [4, 2]);
  const { points, shares } = project(rows, 24);
  const axis = (i: number): number[] => Array.from({ length: 500 }, (_, row) => points[2 * row + i]!);
  expect(Math.abs(correlation(axis(0), places.map(([x]) => x!)))).toBeGreaterThan(0.999);
  expect(Math.abs(correlation(axis(1), places.map(([, y]) => y!)))).toBeGreaterThan(0.999);
  expect(shares[0]! + shares[1]!).toBeGreaterThan(0.99);
  expect(shares[0]! / shares[1]!).toBeCloseTo(4, 0);
  expect(Math.abs(correlation(axis(0), axis(1)))).toBeLessThan(1e-3);
});

test('distances on the plane are those in space, where points lie in a plane', () => {
  const { rows, places } = cloud(40, 8, [3, 3]);
  const { points } = project(rows, 8);
  for (const [a, b] of [[0, 1], [5, 30], [12, 39]] as const) {
    const there = Math.hypot(places[a]![0]! - places[b]![0]!, places[a]![1]! - places[b]![1]!);
    const here = Math.hypot(points[2 * a]! - points[2 * b]!, points[2 * a + 1]! - points[2 * b + 1]!);
    expect(here).toBeCloseTo(there, 1);
  }
});

test('it is the same plane each time, whatever the order of the points', () => {
  const { rows } = cloud(60, 12, [4, 1]);
  const turned = new Float32Array(rows.length);
  for (let row = 0; row < 60; row++) turned.set(rows.subarray(row * 12, row * 12 + 12), (59 - row) * 12);
  const [one, other] = [project(rows, 12).points, project(turned, 12).points];
  for (let row = 0; row < 60; row++) {
    for (const i of [0, 1]) expect(other[2 * (59 - row) + i]!).toBeCloseTo(one[2 * row + i]!, 3);
  }
});

test.each([
  ['no point', [], 0],
  ['one', [1, 2, 3], 0],
  ['the same twice', [1, 2, 3, 1, 2, 3], 0],
  ['two', [1, 2, 3, 1, 2, 5], 2],
])('%s: a place for each, and no number that is none', (_, values, apart) => {
  const { points, shares } = project(Float32Array.from(values), 3);
  expect(points).toHaveLength((2 * values.length) / 3);
  expect([...points, ...shares].every(Number.isFinite)).toBe(true);
  expect(Math.max(...points, 0) - Math.min(...points, 0)).toBeCloseTo(apart);
});

test('points in one dimension lie on a line', () => {
  const { points, shares } = project(Float32Array.from([1, 5, 3]), 1);
  expect(Array.from(points)).toEqual([-2, 0, 2, 0, 0, 0]);
  expect(shares).toEqual([1, 0]);
});

test('states are levelled by exit: of length 1, and around 0 at each', () => {
  const rows = Float32Array.from([3, 4, 0, 5, 10, 0, 0, 2]);
  level(rows, 2, [0, 0, 4, 4]);
  const expected = [0.3, -0.1, -0.3, 0.1, 0.5, -0.5, -0.5, 0.5];
  rows.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 6));
});

test('one that is alone at its exit lies in the middle, and one without length is no fault', () => {
  const rows = Float32Array.from([3, 4, 0, 0, 1, 0]);
  level(rows, 2, [0, 2, 2]);
  expect(Array.from(rows)).toEqual([0, 0, -0.5, 0, 0.5, 0]);
});
