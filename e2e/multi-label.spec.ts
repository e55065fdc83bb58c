/** A model whose texts have any number of labels: a tiny one, trained on requests for several things at once. */

import { expect, test } from './fixtures.js';

const MIXED = '/test-models/mixed/';
/** Its labels, and texts of our own that ask for them; the last asks for none of them. */
const TEXTS: [string, string[]][] = [
  ['will it rain in boston tomorrow', ['weather']],
  ['what is 12 times 9', ['calculator']],
  ['set an alarm for six and then tell me the weather in paris', ['alarm', 'weather']],
  ['play some music by the beatles, how do you spell receipt', ['play_music', 'spelling']],
  ['book a flight to denver, set an alarm for 5 am and move 50 dollars to my savings account', ['alarm', 'book_flight', 'transfer']],
  ['who made you', []],
];

for (const device of ['wasm', 'webgpu'] as const) {
  test(`${device}: a text gets all its labels or none, and is as uncertain as the least certain of them`, async ({ harness }) => {
    const info = await harness.load(MIXED, { device });
    expect(info.problemType).toBe('multi_label_classification');
    const verdicts = await harness.trace(TEXTS.map(([text]) => text), { mode: 'explore' });
    const right = verdicts.filter((verdict, i) => verdict.labels.toSorted().join() === TEXTS[i]![1].join());
    expect(right.length).toBeGreaterThanOrEqual(5);
    for (const { label, score, labels, probabilities, labelUncertainties, uncertainty, trajectory } of verdicts) {
      expect(probabilities).toHaveLength(info.labels.length);
      expect(score).toBe(Math.max(...probabilities));
      expect(info.labels[probabilities.indexOf(score)]).toBe(label);
      const above = info.labels.filter((_, i) => probabilities[i]! > 0.5);
      expect(labels.toSorted()).toEqual(above.toSorted());
      if (labels.length > 0) expect(labels[0]).toBe(label);
      expect(labelUncertainties).toHaveLength(info.labels.length);
      expect(uncertainty).toBe(Math.max(...labelUncertainties!));
      for (const belief of trajectory) expect(belief.labelUncertainties).toHaveLength(info.labels.length);
    }
  });
}

test('the page shows all labels of a text, or that it has none', async ({ page }) => {
  await page.goto(`?model=test-models/mixed&device=wasm#text=${encodeURIComponent(TEXTS[2]![0])}&speed=0.3`);
  const verdict = page.getByRole('region', { name: 'Verdict' });
  await expect(verdict).toContainText('alarm, weather');
  await page.getByRole('textbox', { name: 'Text', exact: true }).fill(TEXTS.at(-1)![0]);
  await expect(verdict).toContainText('none of its labels');
  await page.getByRole('radio', { name: 'Many texts' }).check();
  const file = ['label\ttext', ...TEXTS.map(([text, labels]) => `${labels.join('|')}\t${text}`), ''].join('\n');
  await page.locator('input[type=file]').setInputFiles({ name: 'requests.tsv', mimeType: 'text/tab-separated-values', buffer: Buffer.from(file) });
  await expect(page.getByRole('region', { name: 'Summary' })).toContainText(/[45] of 5 right/);
  await expect(page.getByRole('table', { name: 'Batch stream' }).getByText('alarm, book_flight, transfer')).toBeVisible();
});

test('texts leave once every label is decided; both devices agree where', async ({ harness, page }) => {
  const texts = TEXTS.map(([text]) => text);
  await harness.load(MIXED, { device: 'wasm' });
  const quick = await harness.trace(texts, { speed: 0.3 });
  for (const { exit, trajectory, uncertainty } of quick) {
    for (const belief of trajectory.slice(0, -1)) expect(belief.uncertainty).toBeGreaterThanOrEqual(0.3);
    if (exit < 2) expect(uncertainty).toBeLessThan(0.3);
  }
  expect(quick.some(({ exit }) => exit === 0)).toBe(true);
  expect(quick.some(({ exit }) => exit > 0)).toBe(true);
  const scores = await page.evaluate((text) => fastbert.classify!(text, { top_k: null, speed: 0 }), texts[2]!);
  expect(scores.map(({ label }) => label).slice(0, 2).toSorted()).toEqual(['alarm', 'weather']);
  expect(scores.reduce((sum, { score }) => sum + score, 0)).toBeGreaterThan(1.5); // each on its own

  await harness.load(MIXED, { device: 'webgpu' });
  const there = await harness.trace(texts, { mode: 'explore' });
  await harness.load(MIXED, { device: 'wasm' });
  const here = await harness.trace(texts, { mode: 'explore' });
  here.forEach(({ probabilities }, i) => probabilities.forEach((p, k) => expect(Math.abs(p - there[i]!.probabilities[k]!)).toBeLessThan(0.05)));
});
