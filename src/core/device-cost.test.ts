import { expect, test } from 'vitest';
import { costOf, fitCost } from './device-cost.js';

const line = (batch: number, token: number, ...tokens: number[]) => tokens.map((count) => ({ tokens: count, ms: batch + token * count }));

test('what is a line is found again', () => {
  const cost = fitCost(line(2, 0.05, 8, 32, 128, 2048));
  expect(cost.batch).toBeCloseTo(2, 9);
  expect(cost.token).toBeCloseTo(0.05, 9);
});

test('errors count as shares: a large batch that is off does not spoil what short texts take', () => {
  const timings = line(0.1, 0.01, 8, 32, 128);
  const cost = fitCost([...timings, { tokens: 2048, ms: 30 }]); // the line says 20.6
  expect(cost.batch + 8 * cost.token).toBeCloseTo(0.18, 1);
});

test('no part is ever below 0', () => {
  expect(fitCost([{ tokens: 10, ms: 5 }, { tokens: 100, ms: 1 }])).toMatchObject({ token: 0 });
  const steep = fitCost([{ tokens: 10, ms: 1 }, { tokens: 100, ms: 20 }]);
  expect(steep.batch).toBe(0);
  expect(steep.token).toBeGreaterThan(0.1);
  expect(steep.token).toBeLessThan(0.2);
});

test('one timing, or several of one size, are all fixed', () => {
  expect(fitCost([{ tokens: 8, ms: 3 }])).toEqual({ batch: 3, token: 0 });
  const { batch, token } = fitCost([{ tokens: 8, ms: 3 }, { tokens: 8, ms: 3 }]);
  expect([batch, token]).toEqual([expect.closeTo(3, 9), 0]);
});

test('a clock that says 0 is no division by it', () => {
  const { batch, token } = fitCost([{ tokens: 8, ms: 0 }, { tokens: 128, ms: 0 }]);
  expect(batch).toBeCloseTo(0);
  expect(token).toBeCloseTo(0);
});

test('batches add up', () => {
  expect(costOf({ batch: 2, token: 0.1 }, [10, 30])).toBeCloseTo(8);
  expect(costOf({ batch: 2, token: 0.1 }, [])).toBe(0);
});
