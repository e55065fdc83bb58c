/** The language that the page speaks. English is part of the page; another is loaded when it is chosen. */

import { computed, signal } from '@preact/signals';
import { en, type Words } from './en.js';

export type { Words } from './en.js';

/** Languages by their tags, each under the name that its speakers give it. */
export const languages = { en: en.name, zh: '中文' } as const;
export type Language = keyof typeof languages;

const spoken = signal<{ language: Language; words: Words }>({ language: 'en', words: en });

export const language = computed(() => spoken.value.language);
/** Whoever reads it while drawing is drawn again in another language. */
export const words = computed(() => spoken.value.words);

export type DevWords = (words: Words, language: Language) => Words;

/** What is said where the dev set was labelled by another model, or is what a visitor taught; undefined where by people. */
export const agreement = signal<DevWords | undefined>(undefined);
/** Of the dev set, whose figures mean agreement where another model labelled it. */
export const devWords = computed(() => agreement.value?.(words.value, language.value) ?? words.value);

/** @throws where the language's file cannot be had; the page goes on in the one that it spoke */
export async function speak(next: Language): Promise<void> {
  const found = next === 'en' ? en : (await import('./zh.js')).zh;
  spoken.value = { language: next, words: found };
}

/** The first of a visitor's languages that the page has. */
export function languageOf(wanted: readonly string[]): Language {
  const tags = wanted.map((tag) => tag.toLowerCase().split('-')[0]!);
  return tags.find(isLanguage) ?? 'en';
}

export function isLanguage(tag: string | null): tag is Language {
  return tag !== null && Object.hasOwn(languages, tag);
}
