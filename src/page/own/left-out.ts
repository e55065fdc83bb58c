/** What figures say of a dev set where that is what the visitor taught, each text left out in turn. */

import type { Language, Words } from '../words/index.js';

const DEV_SET: Record<Language, [said: string, instead: string][]> = {
  en: [
    ['the whole dev set', 'all your texts, each left out in turn'],
    ['the dev set takes', 'your texts take, each left out in turn'],
    ['the dev set', 'your texts, each left out in turn'],
    ['The dev set', 'Your texts, each left out in turn,'],
  ],
  zh: [
    ['整个开发集', '您的全部文本（逐条留出）'],
    ['开发集', '您的文本（逐条留出）'],
  ],
};

/** The page's words with that in the dev set's place. */
export function leftOut(words: Words, language: Language): Words {
  const { speed, trajectories, histogram, curve, luha } = words;
  return { ...words, ...instead({ speed, trajectories, histogram, curve, luha }, DEV_SET[language]) };
}

/** The same, in all that it says. */
function instead<Part>(part: Part, pairs: readonly [string, string][]): Part {
  if (typeof part === 'string') return pairs.reduce((said, [one, other]) => said.replaceAll(one, other), part as string) as Part;
  if (typeof part === 'function') return ((...given: unknown[]) => instead(part(...given) as unknown, pairs)) as Part;
  if (Array.isArray(part)) return part.map((one: unknown) => instead(one, pairs)) as Part;
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(Object.entries(part).map(([name, one]) => [name, instead(one, pairs)])) as Part;
}
