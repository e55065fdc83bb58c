import { expect, test } from 'vitest';
import { moveFocus } from './focus-keys.js';

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
