import { afterEach, expect, test } from 'vitest';
import { en } from './en.js';
import { isLanguage, language, languageOf, languages, speak, words } from './index.js';
import { en as laterEn } from './later/en.js';
import { zh as laterZh } from './later/zh.js';
import { zh } from './zh.js';

afterEach(() => speak('en'));

test('counts are singular for one only', () => {
  expect([0, 1, 1234].map(en.texts)).toEqual(['0 texts', '1 text', '1,234 texts']);
});

test('an exit is said as a layer of all, but exit 0 has no layer', () => {
  expect([0, 2].map((exit) => en.exit.left(exit, 6))).toEqual(['left at the embeddings', 'left after layer 2 of 6']);
});

test.each([
  ['the page', en, zh],
  ['what is opened later', laterEn, laterZh],
])('another language says everything, and nothing of it in English: %s', (_, english, chinese) => {
  const said = (part: unknown): string[] => {
    if (typeof part === 'string') return [part];
    // A word of the story, with what it does.
    if (Array.isArray(part) && part.length === 2) return said(part[0]);
    if (typeof part === 'function') return [String((part as (...all: number[]) => unknown)(1, 2, 3, 4, 5))];
    return Object.values(part as object).flatMap(said);
  };
  const [all, others] = [said(english), said(chinese)];
  expect(others.length).toBe(all.length);
  const same = others.filter((one, i) => one === all[i] && /[a-z]{3}/i.test(one));
  expect(same).toEqual([]);
});

test('a language is loaded when it is spoken', async () => {
  await speak('zh');
  expect([language.value, words.value.task]).toEqual(['zh', zh.task]);
});

test('the first of the visitor\'s languages that the page has', () => {
  expect(languageOf(['de-CH', 'zh-Hant-TW', 'en'])).toBe('zh');
  expect(languageOf(['EN-us', 'zh'])).toBe('en');
  expect(languageOf(['fi'])).toBe('en');
  expect(isLanguage('toString')).toBe(false);
  expect(Object.keys(languages)).toEqual(['en', 'zh']);
});
