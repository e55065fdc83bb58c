import { expect, test } from 'vitest';
import { isMetered } from './connection.js';

test.each([
  [{ saveData: true, type: 'wifi' }, true],
  [{ saveData: false, type: 'cellular' }, true],
  [{ saveData: false, type: 'wifi' }, false],
  [{}, false],
  [undefined, false],
])('%o is metered: %s', (connection, metered) => expect(isMetered(connection)).toBe(metered));
