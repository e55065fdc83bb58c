import { afterEach, expect, test } from 'vitest';
import { speak } from '../words/index.js';
import { TextsError } from '../texts/texts-error.js';
import { saidOf } from './said-of.js';
import { ZipError } from './zip.js';

afterEach(() => speak('en'));

const named = (name: string): Error => Object.assign(new Error(`${name}: an English sentence`), { name });

const NAMES = ['InputError', 'PackageError', 'DownloadError', 'IntegrityError', 'StorageError', 'TeachingError', 'DeviceError', 'WorkerError', 'DisposedError', 'TypeError'];

test.each(['en', 'zh'] as const)('whatever the library throws is said in the page\'s language, %s, with what to do', async (language) => {
  await speak(language);
  const said = NAMES.map((name) => saidOf(named(name)));
  expect(new Set(said).size).toBe(NAMES.length);
  for (const one of said) {
    expect(one).not.toContain('an English sentence');
    expect(one).toMatch(language === 'zh' ? /[\u4e00-\u9fff].*。$/ : /^[A-Z].*\.$/);
  }
});

test('what the page\'s own code says is in its language already', async () => {
  expect(saidOf(new TextsError('Line 3 has no text.'))).toBe('Line 3 has no text.');
  await speak('zh');
  expect(saidOf(new ZipError('damaged', 'a.bin'))).toContain('“a.bin”已损坏');
});
