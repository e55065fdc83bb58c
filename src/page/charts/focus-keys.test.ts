import { expect, test } from 'vitest';
import { moveFocus, moveFocusAmong } from './focus-keys.js';

test('arrows go through texts and layers and stop at the ends', () => {
  expect(moveFocus({}, 'ArrowDown', 3, 6)).toEqual({ sample: 0, layer: undefined });
  expect(moveFocus({}, 'ArrowUp', 3, 6)).toEqual({ sample: 2, layer: undefined });
  expect(moveFocus({ sample: 2, layer: 4 }, 'ArrowDown', 3, 6)).toEqual({ sample: 2, layer: 4 });
  expect(moveFocus({ sample: 1 }, 'ArrowRight', 3, 6)).toEqual({ sample: 1, layer: 0 });
  expect(moveFocus({ sample: 1 }, 'ArrowLeft', 3, 6)).toEqual({ sample: 1, layer: 6 });
  expect(moveFocus({ sample: 1, layer: 6 }, 'ArrowRight', 3, 6)).toEqual({ sample: 1, layer: 6 });
});

test('Escape lets go; other keys, and arrows over nothing, are left to the browser', () => {
  expect(moveFocus({ sample: 1, layer: 2 }, 'Escape', 3, 6)).toEqual({});
  expect(moveFocus({}, 'a', 3, 6)).toBeUndefined();
  expect(moveFocus({}, 'ArrowDown', 0, 6)).toBeUndefined();
});

test('in another order the next text is the next one shown; one that is not shown is left for the first', () => {
  const order = [4, 0, 2];
  expect(moveFocusAmong(order, { sample: 0, layer: 1 }, 'ArrowDown', 6)).toEqual({ sample: 2, layer: 1 });
  expect(moveFocusAmong(order, { sample: 0 }, 'ArrowUp', 6)).toEqual({ sample: 4 });
  expect(moveFocusAmong(order, { sample: 3 }, 'ArrowDown', 6)).toEqual({ sample: 4 });
  expect(moveFocusAmong(order, { sample: 3 }, 'ArrowRight', 6)).toEqual({ sample: 4, layer: 0 });
  expect(moveFocusAmong(order, { sample: 2, layer: 3 }, 'Escape', 6)).toEqual({});
  expect(moveFocusAmong([], { sample: 2 }, 'ArrowDown', 6)).toBeUndefined();
});
