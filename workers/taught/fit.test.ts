/** All heads together, on texts that are easy to tell apart at the last state and not at the first. */

import { expect, it } from 'vitest';
import { fitHeads, type Heads, type Lesson } from './fit.js';

const [WIDTH, CLASSES, EXITS] = [10, 2, 3];

function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  };
}

function lessonOf(n: number): Lesson {
  const next = numbers(n);
  const labels = Int32Array.from({ length: n }, (_, i) => i % CLASSES);
  const states = [0.1, 0.6, 1.5].map((apart) => Float64Array.from({ length: n * WIDTH }, (_, at) => next() + next() + (at % WIDTH === 0 ? apart * (labels[Math.floor(at / WIDTH)]! ? 1 : -1) : 0)));
  const pieces = Array.from(labels, (label) => [10 + label, 20 + Math.floor(5 * (next() + 1))]);
  return { exits: EXITS, state: (number) => states[number]!, pieces, labels, classes: CLASSES };
}

function fit(lesson: Lesson): { heads: Heads; steps: number[] } {
  const fitting = fitHeads(lesson);
  const steps: number[] = [];
  for (;;) {
    const step = fitting.next();
    if (step.done) return { heads: step.value, steps };
    steps.push(step.value);
  }
}

function rightAt({ heldOut }: Heads, labels: Int32Array): number[] {
  return heldOut.map((said) => labels.filter((label, i) => said[i * CLASSES + label]! > said[i * CLASSES + 1 - label]!).length / labels.length);
}

it('later exits are right more often, and each counts in those before it', () => {
  const lesson = lessonOf(60);
  const { heads, steps } = fit(lesson);
  expect(steps).toEqual([1, 2, 3]);
  expect(heads.exits.map(({ mix }) => mix.length)).toEqual([1, 2, 3]);
  const [first, , last] = rightAt(heads, lesson.labels);
  expect(last).toBeGreaterThan(first!);
  expect(last).toBeGreaterThan(0.85);
});

it('from a hundred texts on, five a label, words are counted in', () => {
  expect(fit(lessonOf(98)).heads.words).toBeUndefined();
  const lesson = lessonOf(100);
  const { heads } = fit(lesson);
  expect(heads.exits.map(({ mix }) => mix.length)).toEqual([2, 3, 4]);
  const ofMany = { ...lesson, labels: lesson.labels.map((_, i) => i % 25), classes: 25 };
  expect(fit(ofMany).heads.words).toBeUndefined();
  // One piece a label says it all: at the first exit, too.
  expect(rightAt(heads, lesson.labels)[0]).toBe(1);
});

it('a label with one text is learnt, and is not measured', () => {
  const lesson = lessonOf(21);
  const labels = lesson.labels.map((label, i) => (i === 20 ? 2 : label));
  const { heads } = fit({ ...lesson, labels, classes: 3 });
  expect([...heads.rows]).not.toContain(20);
  expect(heads.exits[0]!.bias).toHaveLength(3);
});
