import { expect, test } from 'vitest';
import { answerWords, devicesInWords, excerpt, gpuInWords, megabytes, milliseconds, percent, speedInWords } from './wording.js';

test('numbers keep their units on one line and their meaningful digits', () => {
  expect(milliseconds(0.123)).toBe('0.12\u00a0ms');
  expect(milliseconds(4.25)).toBe('4.3\u00a0ms');
  expect(milliseconds(432.1)).toBe('432\u00a0ms');
  expect(milliseconds(1234)).toBe('1.23\u00a0s');
  expect(percent(0.8954)).toBe('89.5\u00a0%');
  expect(megabytes(24_312_000)).toBe('24.3\u00a0MB');
});

test('the slider says what its speed gives on the dev set, once that is known', () => {
  const point = { speed: 0.5, accuracy: 0.892, interval: [0.87, 0.91] as [number, number], meanDepth: 1.72, exits: [0, 0, 0, 0, 0, 0, 0] };
  expect(speedInWords(0.5, point)).toBe('speed 0.5: 3.5x fewer layers, about 89\u00a0% right on the dev set');
  expect(speedInWords(0, { ...point, meanDepth: 6 })).toBe('speed 0: all layers, about 89\u00a0% right on the dev set');
  expect(speedInWords(1, { ...point, meanDepth: 0 })).toBe('speed 1: hardly any layers, about 89\u00a0% right on the dev set');
  expect(speedInWords(0.30000000000000004, undefined)).toBe('speed 0.3');
});

test('an answer is its label, or that the model is unsure where it holds all alike', () => {
  const answer = (...probabilities: number[]) => answerWords({ exit: 0, uncertainty: 1, probabilities }, ['bad', 'good']);
  expect(answer(0.4, 0.6)).toBe('good');
  expect(answer(0.5, 0.5)).toBe('unsure');
});

test('where texts were read: one device, or how many on each', () => {
  const on = (...devices: ('wasm' | 'webgpu')[]) => devicesInWords(devices.map((device) => ({ device })));
  expect(on('wasm', 'wasm')).toBe('WASM');
  expect(on('wasm', 'webgpu', 'webgpu')).toBe('WASM (1), WebGPU (2)');
});

test('what is known of the GPU: its times where it was measured, why where it failed', () => {
  const measured = { wasm: { batch: 0.1, token: 0.01 }, webgpu: { batch: 5, token: 0.001 } };
  const times = /32 tokens takes 0\.42\sms on WASM and 5\.0\sms there, on 1,024 10\.3\sms and 6\.0\sms/;
  expect(gpuInWords({ description: 'A GPU', measured })).toMatch(times);
  expect(gpuInWords({ description: 'A GPU', measured, unused: 'slower' })).toMatch(times);
  expect(gpuInWords({ description: 'A GPU', unused: 'differs', why: 'By 0.5.' })).toMatch(/A GPU.*By 0\.5\.$/);
  expect(gpuInWords({ description: 'A GPU', measured, unused: 'lost', why: 'destroyed' })).toMatch(/was lost: destroyed$/);
  expect(gpuInWords({ unused: 'absent' })).toBe('There is no GPU for it here.');
});

test('an excerpt is one line, and never half a character', () => {
  expect(excerpt('  two\n lines ')).toBe('two lines');
  expect(excerpt('🙂'.repeat(20), 5)).toBe('🙂🙂🙂🙂…');
  expect(excerpt('abcde', 5)).toBe('abcde');
});
