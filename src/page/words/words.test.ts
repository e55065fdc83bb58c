import { afterEach, expect, test } from 'vitest';
import { agreement as inAgreement } from './agreement.js';
import { en, type Words } from './en.js';
import { agreement, devWords, isLanguage, language, languageOf, languages, speak, words } from './index.js';
import { zh } from './zh.js';

afterEach(() => {
  agreement.value = undefined;
  return speak('en');
});

/** Everything that some words say. */
function said(part: unknown): string[] {
  if (typeof part === 'string') return [part];
  // A word of the story, with what it does.
  if (Array.isArray(part) && part.length === 2) return said(part[0]);
  if (typeof part === 'function') return [String((part as (...all: number[]) => unknown)(1, 2, 3, 4, 5))];
  return Object.values(part as object).flatMap(said);
}

test('counts are singular for one only', () => {
  expect([0, 1, 1234].map(en.texts)).toEqual(['0 texts', '1 text', '1,234 texts']);
});

test('an exit is said as a layer of all, but exit 0 has no layer', () => {
  expect([0, 2].map((exit) => en.exit.left(exit, 6))).toEqual(['left at the embeddings', 'left after layer 2 of 6']);
});

test('another language says everything, and nothing of it in English', () => {
  const [english, chinese] = [said(en), said(zh)];
  expect(chinese.length).toBe(english.length);
  const same = chinese.filter((one, i) => one === english[i] && /[a-z]{3}/i.test(one));
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

test.each(['en', 'zh'] as const)('of a dev set that a model labelled nothing is said to be right, in %s', async (tongue) => {
  await speak(tongue);
  const claims = ({ right, wrong, speed, histogram, curve, luha }: Words): string[] =>
    said({ right, wrong, speed, histogram, curve: { ...curve, rivalsMissing: '' }, luha })
      .map((sentence) => sentence.replace(/not accuracy|不是准确率/, ''))
      .filter((sentence) => /\b(right|wrong|accura|correct)|正确|错误|准确|答对/.test(sentence));
  expect(claims(devWords.value).length).toBeGreaterThan(10);
  agreement.value = inAgreement;
  expect(claims(devWords.value)).toEqual([]);
  expect(said(devWords.value).length).toBe(said(words.value).length);
  // What people labelled is still right or wrong.
  expect(claims(words.value).length).toBeGreaterThan(10);
});
