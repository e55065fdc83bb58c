/** An encoder is taught labels of one's own, in the page: it learns, is corrected, kept, and taken home as a package. */

import type { Page } from '@playwright/test';
import type { TaughtFile, TeachOptions, Verdict } from '../src/index.js';
import { expect, test } from './fixtures.js';
import { catchWorkers } from './started-workers.js';

const GENERAL = '/models/general/';

const MESSAGES = {
  refund: [
    'Where is my refund?',
    'I sent the shoes back and want my money.',
    'Please return the amount to my card.',
    'You charged me twice, give one of it back.',
    'I have been waiting for my money for three weeks.',
    'The jacket was returned, but nothing was paid back.',
  ],
  delivery: [
    'When will my parcel arrive?',
    'The courier left the box with a neighbour.',
    'Tracking says delivered, and nothing is here.',
    'Can you send it to another address?',
    'My package is stuck at the depot.',
    'The delivery came a day too early.',
  ],
  praise: [
    'Thank you so much, wonderful service!',
    'I love these shoes.',
    'Great quality, I will come again.',
    'Everybody was so kind on the phone.',
    'Best shop in town, well done.',
    'What a lovely present it made.',
  ],
};
const UNSEEN = ['I want my money back', 'The parcel has not come yet', 'Such a lovely shop, thank you', 'ok'];

/** Opens a teacher, as `fastbert.teacher`. */
function open(page: Page, options: TeachOptions = {}): Promise<void> {
  return page.evaluate(
    async ([model, wanted]) => {
      fastbert.teacher = await fastbert.teach(model, wanted);
    },
    [GENERAL, options] as const,
  );
}

/** Opens one, gives it the messages, and has it learn. */
async function taught(page: Page, name = 'taught'): Promise<void> {
  await open(page, { name, labels: Object.keys(MESSAGES) });
  await page.evaluate(async (messages) => {
    for (const [label, texts] of Object.entries(messages)) fastbert.teacher!.add(texts, label);
    await fastbert.teacher!.fit();
    fastbert.classify = fastbert.teacher!.pipeline({ workers: 1 });
  }, MESSAGES);
}

const answers = (page: Page): Promise<Verdict[]> => page.evaluate((texts) => fastbert.classify!.trace(texts, { mode: 'explore' }), UNSEEN);
const told = (verdicts: readonly Verdict[]) => verdicts.map(({ label, trajectory }) => ({ label, trajectory }));

test('it learns from six texts a label, says how good it is, and leaves early', async ({ harness: _, page }) => {
  await taught(page);
  const verdicts = await answers(page);
  expect(verdicts.slice(0, 3).map(({ label }) => label)).toEqual(['refund', 'delivery', 'praise']);
  const { report, info, exits, promised } = await page.evaluate(async (texts) => {
    const { calibration: _calibration, ...rest } = fastbert.classify!.info;
    const fast = await fastbert.classify!.trace(texts, { speed: 1 });
    const refusal = await fastbert.classify!.trace(texts, { agreement: 0.5 }).then(String, (error: Error) => `${error.name}: ${error.message}`);
    return { report: fastbert.teacher!.report!, info: rest, exits: fast.map(({ exit }) => exit), promised: refusal };
  }, UNSEEN);
  expect(report).toMatchObject({ labels: ['refund', 'delivery', 'praise'], perLabel: [6, 6, 6], measured: 18, words: false, withoutTexts: [], unread: [], contradictions: [] });
  expect(report.exits).toHaveLength(7);
  expect(report.exits[6]!.accuracy).toBeGreaterThan(0.6);
  expect(report.confusions.flat().reduce((a, b) => a + b)).toBe(18);
  expect(report.bytes).toBe(18 * 7 * 384 * 4);
  expect(report.opinions.map(({ id }) => id)).toEqual(Array.from({ length: 18 }, (__, i) => i + 1));
  expect(info).toMatchObject({ device: 'wasm', labels: ['refund', 'delivery', 'praise'], layers: 6, gold: 'labels' });
  expect(Math.min(...exits)).toBeLessThan(6);
  expect(promised).toMatch(/^InputError: agreement cannot be promised of a model that was taught in a page/);
});

test('a text gets the same to the bit alone and among others, with gates closed and open', async ({ harness: _, page }) => {
  await taught(page);
  const together = told(await answers(page));
  const alone = await page.evaluate(async (texts) => {
    const found: Verdict[] = [];
    for (const text of texts) found.push(...(await fastbert.classify!.trace([text], { speed: 0 })));
    return found;
  }, UNSEEN);
  expect(alone.map(({ label, probabilities }) => ({ label, probabilities }))).toEqual(together.map(({ label, trajectory }) => ({ label, probabilities: trajectory.at(-1)!.probabilities })));
});

test('what is corrected is learnt with nothing read again', async ({ harness: _, page }) => {
  await taught(page);
  const seen = await page.evaluate(async () => {
    const teacher = fastbert.teacher!;
    const events: string[] = [];
    const onProgress = ({ status, of }: { status: string; of: number }): void => void events.push(`${status} ${of}`);
    teacher.mergeLabel('delivery', 'refund');
    teacher.renameLabel('refund', 'trouble');
    teacher.change(18, { label: undefined });
    const report = await teacher.fit({ onProgress });
    const before = new Set(events);
    teacher.add('The box was open, and one shoe was missing.', 'trouble');
    await teacher.fit({ onProgress });
    const doubts = teacher.doubts(5);
    return { labels: report.labels, perLabel: report.perLabel, before: [...before], after: [...new Set(events)], doubts };
  });
  expect(seen).toMatchObject({ labels: ['trouble', 'praise'], perLabel: [12, 5], before: ['fit 7'], after: ['fit 7', 'read 1'] });
  expect(seen.doubts.map(({ id }) => id)).toEqual([18]);
});

test('what changes while it learns is for the next fit; what is done to a report changes no answer', async ({ harness: _, page }) => {
  await taught(page);
  const before = told(await answers(page));
  const found = await page.evaluate(async () => {
    const teacher = fastbert.teacher!;
    const [first] = teacher.texts;
    teacher.add('Where has my parcel been for a week?', 'delivery');
    let isBegun = false;
    const onProgress = (): void => {
      if (isBegun) return;
      isBegun = true;
      teacher.mergeLabel('refund', 'praise');
      teacher.add('I never read this before.', 'praise');
      teacher.remove(first!.id);
    };
    const then = await teacher.fit({ onProgress });
    const now = await teacher.fit();
    const learnt = [then, now].map(({ labels, perLabel }) => ({ labels: [...labels], perLabel }));
    const ask = async (): Promise<string> => (await teacher.pipeline({ workers: 1, speed: 0 })('The parcel has not come yet'))[0]!.label;
    const said = await ask();
    now.labels.reverse();
    return { learnt, said, after: await ask() };
  });
  expect(found).toEqual({
    learnt: [
      { labels: ['refund', 'delivery', 'praise'], perLabel: [6, 7, 6] },
      { labels: ['delivery', 'praise'], perLabel: [7, 12] },
    ],
    said: 'delivery',
    after: 'delivery',
  });
  expect(told(await answers(page))).toEqual(before);
});

test('a label that is taken away leaves its texts, which are told apart by what is left', async ({ harness: _, page }) => {
  await taught(page);
  const seen = await page.evaluate(async () => {
    const teacher = fastbert.teacher!;
    teacher.removeLabel('praise');
    const { labels, measured } = await teacher.fit();
    return { labels, measured, texts: teacher.texts.length, doubts: teacher.doubts(10) };
  });
  expect(seen).toMatchObject({ labels: ['refund', 'delivery'], measured: 12, texts: 18 });
  expect(seen.doubts.map(({ id }) => id).toSorted((a, b) => a - b)).toEqual([13, 14, 15, 16, 17, 18]);
  const uncertainties = seen.doubts.map(({ uncertainty }) => uncertainty);
  expect(uncertainties).toEqual(uncertainties.toSorted((a, b) => b - a));
});

test('five thousand texts are learnt, kept, and saved', async ({ harness: _, page }) => {
  test.setTimeout(900_000);
  await open(page, { name: 'many', labels: ['refund', 'delivery'] });
  const seen = await page.evaluate(async () => {
    const teacher = fastbert.teacher!;
    teacher.add(Array.from({ length: 5000 }, (__, i) => ({ text: `${i % 2 ? 'parcel' : 'money'} ${i}`, label: i % 2 ? 'delivery' : 'refund' })));
    const { perLabel, measured, words, exits, bytes } = await teacher.fit();
    await teacher.saved();
    return { perLabel, measured, words, right: exits[6]!.accuracy, bytes, lines: teacher.toTsv().split('\n').length, kept: await fastbert.keptTeachings() };
  });
  expect(seen).toMatchObject({ perLabel: [2500, 2500], measured: 5000, words: true, bytes: 5000 * 7 * 384 * 4, lines: 5002 });
  expect(seen.right).toBeGreaterThan(0.95);
  expect(seen.kept).toEqual([{ name: 'many', labels: ['refund', 'delivery'], texts: 5000 }]);
});

test('it survives a reload, works without the server then, and is deleted', async ({ harness: _, page, site }) => {
  await taught(page, 'shop');
  const before = told(await answers(page));
  await page.evaluate(() => fastbert.teacher!.saved());
  await page.reload();
  site.fault = (path) => (path.startsWith('/models/') ? 'missing' : undefined);
  await open(page, { name: 'shop' });
  const after = await page.evaluate(async () => {
    const teacher = fastbert.teacher!;
    fastbert.classify = teacher.pipeline({ workers: 1 });
    const report = await teacher.fit();
    return { labels: teacher.labels, texts: teacher.texts.length, isKept: teacher.isKept, right: report.exits[6]!.accuracy, tsv: teacher.toTsv() };
  });
  expect(after).toMatchObject({ labels: Object.keys(MESSAGES), texts: 18, isKept: true });
  expect(after.tsv).toContain('refund\tWhere is my refund?\n');
  expect(told(await answers(page))).toEqual(before);
  expect(await page.evaluate(() => fastbert.keptTeachings())).toEqual([{ name: 'shop', labels: Object.keys(MESSAGES), texts: 18 }]);
  await page.evaluate(() => fastbert.teacher!.delete());
  expect(await page.evaluate(() => fastbert.keptTeachings())).toEqual([]);
});

test('it knows after a reload whether what is there was learnt', async ({ harness: _, page }) => {
  await taught(page, 'notes');
  await page.evaluate(() => fastbert.teacher!.saved());
  await page.reload();
  await open(page, { name: 'notes' });
  expect(await page.evaluate(() => fastbert.teacher!.isLearnt)).toBe(true);
  // Nothing but a text's own words changes.
  await page.evaluate(() => {
    const teacher = fastbert.teacher!;
    teacher.change(teacher.texts[0]!.id, { text: 'Where has my money gone?' });
    return teacher.saved();
  });
  await page.reload();
  await open(page, { name: 'notes' });
  expect(await page.evaluate(() => fastbert.teacher!.isLearnt)).toBe(false);
  const during = await page.evaluate(async () => {
    const teacher = fastbert.teacher!;
    const fitting = teacher.fit();
    await Promise.resolve(); // it has begun
    await new Promise((resolve) => setTimeout(resolve));
    teacher.addLabel('other');
    await fitting;
    const ofBefore = teacher.isLearnt;
    await teacher.fit();
    return [ofBefore, teacher.isLearnt];
  });
  expect(during).toEqual([false, true]);
  await page.evaluate(() => fastbert.teacher!.delete());
});

test('what was exported loads with pipeline(), and says the same to the bit', async ({ harness, page }) => {
  await taught(page, 'mine');
  const before = told(await answers(page));
  const files = await page.evaluate(async () => {
    const exported: TaughtFile[] = await fastbert.teacher!.export();
    return exported.map(({ path, data }) => ({ path, data: [...new Uint8Array(data)] }));
  });
  const own = files.map(({ path }) => path).filter((path) => !path.startsWith('shards/'));
  expect(own.toSorted()).toEqual(['mine/README.md', 'mine/calibration.json', 'mine/manifest.json', 'mine/tokenizer.json', 'mine/tokenizer_config.json']);
  expect(files.length - own.length).toBe(7); // an exit's each; the encoder's are there
  for (const { path, data } of files) await page.context().route(`**/models/${path}`, (route) => route.fulfill({ body: Buffer.from(data) }));
  await page.evaluate(() => fastbert.classify!.dispose());
  const info = await harness.load('/models/mine', { device: 'auto', workers: 1 });
  expect(info).toMatchObject({ name: 'mine', device: 'wasm', labels: Object.keys(MESSAGES) });
  expect(told(await answers(page))).toEqual(before);
  const refused = await page.evaluate(() => fastbert.pipeline('text-classification', '/models/mine', { device: 'webgpu' }).catch((error: Error) => `${error.name}: ${error.message}`));
  expect(refused).toMatch(/^DeviceError: Taught exits run on WASM only/);
});

test('too little, too odd or in the way: a sentence by name, and the teacher goes on', async ({ harness: _, page }) => {
  await open(page, { labels: ['yes', 'no', 'perhaps'] });
  const said = await page.evaluate(async (model) => {
    const teacher = fastbert.teacher!;
    const results: Record<string, string> = {};
    const attempt = async (what: string, task: () => unknown): Promise<void> => {
      try {
        await task();
        results[what] = 'done';
      } catch (error) {
        results[what] = `${(error as Error).name}: ${(error as Error).message}`;
      }
    };
    await attempt('nothing learnt', () => teacher.pipeline());
    await attempt('no texts', () => teacher.fit());
    const two = [teacher.add('ok', 'yes'), teacher.add('never', 'no')];
    await attempt('two texts', () => teacher.fit());
    for (const { id } of two) teacher.remove(id);
    teacher.add(['ok', 'fine'], 'yes');
    await attempt('one label', () => teacher.fit());
    teacher.add(['\u1000\u1001\u1002', '\u1003\u1004'], 'no'); // Burmese letters
    await attempt('a script that it cannot read', () => teacher.fit());
    teacher.add(['never', 'not at all', 'ok'], 'no');
    await attempt('enough', () => teacher.fit());
    await attempt('another label', () => teacher.add('x', 'maybe'));
    await attempt('another tab', () => fastbert.teach(model));
    await attempt('a model with labels', () => fastbert.teach('/models/sst2', { name: 'other' }));
    await attempt('no model', () => fastbert.teach('/models/none', { name: 'other' }));
    await attempt('pipeline() on an encoder', () => fastbert.pipeline('text-classification', model));
    await attempt('no address', () => fastbert.teach(undefined as never, { name: 'other' }));
    await attempt('a folder', () => fastbert.teach(5 as never, { name: 'other' }));
    await attempt('a name for labels', () => fastbert.teach(model, { name: 'other', labels: 'yes' as never }));
    await attempt('in the way of none', async () => (await fastbert.teach(model, { name: 'other' })).delete());
    const stopped = new AbortController();
    teacher.add(Array.from({ length: 300 }, (__, i) => `text number ${i}, which is read before it is learnt`));
    await attempt('cancelled', () => teacher.fit({ signal: stopped.signal, onProgress: () => stopped.abort() }));
    await attempt('again', () => teacher.fit());
    const { withoutTexts, unread, contradictions, perLabel } = teacher.report!;
    await teacher.dispose();
    await attempt('gone', () => teacher.add('too late', 'yes'));
    return { results, report: { withoutTexts, unread, contradictions, perLabel } };
  }, GENERAL);
  expect(said.results).toEqual({
    'nothing learnt': 'InputError: nothing is learnt yet; call fit() first',
    'no texts': 'TeachingError: Learning takes two labels with two texts each, and there are: yes 0, no 0, perhaps 0.',
    'two texts': 'TeachingError: Learning takes two labels with two texts each, and there are: yes 1, no 1, perhaps 0.',
    'one label': 'TeachingError: Learning takes two labels with two texts each, and there are: yes 2, no 0, perhaps 0.',
    'a script that it cannot read': expect.stringMatching(/^TeachingError: .*no 0, perhaps 0\. Of 2 texts nothing could be read/),
    enough: 'done',
    'another label': expect.stringMatching(/^InputError: there is no label "maybe"/),
    'another tab': expect.stringMatching(/^InputError: "taught" is being taught already/),
    'a model with labels': expect.stringMatching(/^PackageError: sst2 has labels\./),
    'no model': expect.stringMatching(/^DownloadError: /),
    'pipeline() on an encoder': expect.stringMatching(/^PackageError: general has no labels\. Use teach\(\)/),
    'no address': 'InputError: expected the address of a folder, got undefined',
    'a folder': 'InputError: expected the address of a folder, got number',
    'a name for labels': 'InputError: labels is "yes"; it takes a list of names',
    'in the way of none': 'done',
    gone: 'DisposedError: The teacher was disposed. Make a new one with teach().',
    cancelled: expect.stringMatching(/^AbortError: /),
    again: 'done',
  });
  expect(said.report).toEqual({ withoutTexts: ['perhaps'], unread: [5, 6], contradictions: [[3, 9]], perLabel: [2, 3] });
});

test('a worker that dies is replaced: it reads again, and nothing is lost', async ({ harness: _, page }) => {
  await catchWorkers(page);
  await taught(page);
  const before = told(await answers(page));
  const right = await page.evaluate(async () => {
    const [first] = started;
    const onProgress = ({ status }: { status: string }): void => {
      if (status === 'fit') first!.terminate();
    };
    return (await fastbert.teacher!.fit({ onProgress })).exits[6]!.accuracy;
  });
  expect(right).toBeGreaterThan(0.6);
  expect(told(await answers(page))).toEqual(before);
});
