import { expect, test } from 'vitest';
import type { StageTimes } from '../../index.js';
import { segments, stageTable } from './stage-parts.js';

const times = (steps: number[], more: Partial<StageTimes> = {}): StageTimes => {
  const named = 1 + 2 + steps.reduce((a, b) => a + b, 0);
  return { tokenize: 1, embed: 2, steps, readback: 0, compact: 0, total: named, ...more };
};

test('layers beyond the exit are told from those that were needed', () => {
  const table = stageTable([{ exit: 1, times: times([1, 4, 4, 4]) }])!;
  expect(table).toMatchObject({ n: 1, needed: 8, whole: 16 });
  expect(table.parts.map(({ name, needed }) => `${name}${needed ? '' : ' beyond'}`)).toEqual([
    'tokenize',
    'embed',
    'exit 0',
    'layer 1',
    'layer 2 beyond',
    'layer 3 beyond',
  ]);
});

test('of several texts it is the mean, a layer that one did not need counted as 0 for it', () => {
  const table = stageTable([
    { exit: 0, times: times([2]) },
    { exit: 1, times: times([2, 6]) },
  ])!;
  expect(table.parts.find(({ name }) => name === 'layer 1')!.milliseconds).toBe(3);
  expect(table).toMatchObject({ n: 2, needed: 8, whole: 8 });
});

test('time in no stage is shown as other, unless it is below what clocks tell', () => {
  const names = (total: number) => stageTable([{ exit: 0, times: times([1], { total }) }])!.parts.map(({ name }) => name);
  expect(names(6)).toContain('other');
  expect(names(4.01)).not.toContain('other');
});

test('nothing measured, nothing shown', () => {
  expect(stageTable([])).toBeUndefined();
});

test('segments fill the width in order', () => {
  const { parts, whole } = stageTable([{ exit: 1, times: times([1, 4]) }])!;
  const drawn = segments(parts, whole, 80);
  expect(drawn.map(({ x, width }) => [x, width])).toEqual([
    [0, 10],
    [10, 20],
    [30, 10],
    [40, 40],
  ]);
});
