import { expect, test } from 'vitest';
import { difference, isUnseen, looks, paint, referenceOf, textLooks, UNSAID } from './figure-looks.js';

/** A computed style as Chromium gives it, of a part that nothing is said of. */
const plain: Record<string, string> = {
  fill: 'rgb(0, 0, 0)',
  'fill-opacity': '1',
  stroke: 'none',
  'stroke-opacity': '1',
  'stroke-width': '1px',
  'stroke-dasharray': 'none',
  'stroke-linecap': 'butt',
  'stroke-linejoin': 'miter',
  'paint-order': 'normal',
  'font-family': '',
  'font-size': '',
  'font-style': 'normal',
  'font-weight': '400',
  'font-variant': 'normal',
  'letter-spacing': 'normal',
  'text-anchor': 'start',
  'dominant-baseline': 'auto',
  opacity: '1',
  color: 'rgb(97, 90, 103)',
};
const computed = (said: Record<string, string>) => (property: string) => ({ ...plain, ...said })[property]!;

test('what nothing is said of says nothing', () => {
  expect(looks(computed({}))).toEqual(UNSAID);
  expect(difference(UNSAID, UNSAID)).toEqual({});
});

test('a part says what the part around it does not say for it', () => {
  const around = looks(computed({ stroke: 'rgb(0, 114, 178)', 'stroke-width': '1.5px', opacity: '0.45' }));
  const part = looks(computed({ stroke: 'rgb(0, 114, 178)', 'stroke-width': '2px', 'stroke-dasharray': '3px, 4px' }));
  expect(difference(part, around)).toEqual({ 'stroke-width': '2', 'stroke-dasharray': '3, 4' });
  // Back to what is usual has to be said too; opacity is each one's own.
  expect(difference(UNSAID, around)).toEqual({ stroke: 'none', 'stroke-width': '1' });
  expect(difference(around, around)).toEqual({ opacity: '0.45' });
});

test('a colour of any notation becomes hex, and its opacity an attribute of its own', () => {
  expect(paint('rgb(122, 46, 115)')).toEqual({ colour: '#7a2e73', opacity: 1 });
  expect(paint('rgba(122, 46, 115, 0.08)')).toEqual({ colour: '#7a2e73', opacity: 0.08 });
  expect(paint('color(srgb 1 0.5 0 / 0.25)')).toEqual({ colour: '#ff8000', opacity: 0.25 });
  // CSS Color 4 gives these for red and for a middle grey.
  expect(paint('oklab(0.62796 0.22486 0.12585)').colour).toBe('#ff0000');
  expect(paint('oklab(0.59987 0 0 / 0.5)')).toEqual({ colour: '#808080', opacity: 0.5 });
  expect(() => paint('color(display-p3 1 0 0)')).toThrow('display-p3');
  expect(looks(computed({ fill: 'rgba(122, 46, 115, 0.5)', 'fill-opacity': '0.5' }))).toMatchObject({
    fill: '#7a2e73',
    'fill-opacity': '0.25',
  });
});

test('a pattern is named by its id, wherever the browser looks for it', () => {
  for (const value of ['url("#hatch")', 'url(#hatch)', 'url("https://example.org/page#hatch") rgb(0, 0, 0)']) {
    expect(paint(value).colour).toBe('url(#hatch)');
  }
  expect(referenceOf('url(#hatch)')).toBe('hatch');
  expect(referenceOf('#000000')).toBeUndefined();
});

test('text has the colour of the page, and nothing of how shapes are drawn around it', () => {
  const text = textLooks(computed({ stroke: 'rgb(0, 0, 0)', 'text-anchor': 'middle', 'font-family': '"Segoe UI", sans-serif' }));
  expect(difference(text, UNSAID)).toEqual({ fill: '#615a67', 'font-family': "'Segoe UI', sans-serif" });
});

test('what is there for the pointer alone is unseen', () => {
  expect(isUnseen(looks(computed({ fill: 'none', stroke: 'rgba(0, 0, 0, 0)' })))).toBe(true);
  expect(isUnseen(looks(computed({ opacity: '0' })))).toBe(true);
  expect(isUnseen(looks(computed({ fill: 'none', stroke: 'rgb(0, 0, 0)' })))).toBe(false);
  expect(isUnseen(UNSAID)).toBe(false);
});
