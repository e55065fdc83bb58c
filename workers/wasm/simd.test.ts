import { describe, expect, test } from 'vitest';
import { compile, FEATURES } from './kernels/compile.mjs';
import { moduleOf } from './test-kernels.js';

interface Functions {
  memory: WebAssembly.Memory;
  exp(x: number, count: number): void;
  tanh(x: number, count: number): void;
  gelu(x: number, count: number): void;
  geluNew(x: number, count: number): void;
}

const AT = 4096;
const COUNT = 8192;

/** What a function makes of numbers evenly spread from one to another, and what the numbers were. */
function over(functions: Functions, name: Exclude<keyof Functions, 'memory'>, from: number, to: number): { x: number; y: number }[] {
  const values = new Float32Array(functions.memory.buffer, AT, COUNT);
  values.forEach((_, i) => (values[i] = from + ((to - from) * i) / (COUNT - 1)));
  const given = values.slice();
  functions[name](AT, COUNT);
  return Array.from(values, (y, i) => ({ x: given[i]!, y }));
}

/** erf to 1e-15: its Taylor series near 0, a continued fraction of erfc beyond. */
function erf(x: number): number {
  if (x < 0) return -erf(-x);
  if (x > 3) {
    let fraction = 0;
    for (let k = 200; k > 0; k--) fraction = k / 2 / (x + fraction);
    return 1 - Math.exp(-x * x) / Math.sqrt(Math.PI) / (x + fraction);
  }
  let [term, total] = [x, x];
  for (let n = 1; n < 200; n++) {
    term *= (-x * x) / n;
    total += term / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * total;
}

describe.each(Object.entries(FEATURES))('%s', async (_, features) => {
  const module = moduleOf(await compile('simd-check.ts', features));
  const functions = new WebAssembly.Instance(module, { env: { abort: () => {} } }).exports as unknown as Functions;
  functions.memory.grow(1);

  test('exp is within 2e-7 of its value, and 0 but for 1e-37 far below', () => {
    for (const { x, y } of over(functions, 'exp', -87, 87)) expect(Math.abs(y / Math.exp(x) - 1)).toBeLessThan(2e-7);
    for (const { y } of over(functions, 'exp', -1e6, -87)) expect(y).toBeLessThan(2e-38);
  });

  test('tanh is within 2e-7', () => {
    for (const { x, y } of over(functions, 'tanh', -12, 12)) expect(Math.abs(y - Math.tanh(x))).toBeLessThan(2e-7);
    for (const { x, y } of over(functions, 'tanh', -1e4, 1e4)) expect(Math.abs(y - Math.tanh(x))).toBeLessThan(2e-7);
  });

  test('GELU is within 4e-7', () => {
    for (const [from, to] of [[-6, 6], [-1e4, 1e4]] as const) {
      for (const { x, y } of over(functions, 'gelu', from, to)) expect(Math.abs(y - (x / 2) * (1 + erf(x / Math.SQRT2)))).toBeLessThan(4e-7);
    }
  });

  test("GELU's approximation by tanh is within 6e-7 of the larger of 1 and its value", () => {
    for (const [from, to] of [[-6, 6], [-1e4, 1e4]] as const) {
      for (const { x, y } of over(functions, 'geluNew', from, to)) {
        const expected = (x / 2) * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)));
        expect(Math.abs(y - expected)).toBeLessThan(6e-7 * Math.max(1, Math.abs(expected)));
      }
    }
  });

  test.each(['exp', 'tanh', 'gelu', 'geluNew'] as const)('%s leaves what is no number none', (name) => {
    const values = new Float32Array(functions.memory.buffer, AT, 4);
    values.fill(NaN);
    functions[name](AT, 4);
    expect(Array.from(values)).toEqual([NaN, NaN, NaN, NaN]);
  });
});
