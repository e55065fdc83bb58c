/** Asking why on the page: words tinted at every exit, what would let a text leave, and what happens inside a gate. */

import { readFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { without } from '../src/core/words.js';
import type { Verdict } from '../src/index.js';
import { expect, FIXTURE, REAL, test } from './fixtures.js';
import { slide } from './slide.js';
import { SENTENCES } from './texts.js';

const FIXTURE_PAGE = '?model=test-models/fixture&device=wasm';
const TEXT = 'The plot is thin, and yet it is not bad.';
/** Of the fixture: exits 0 to 3. */
const LAYERS = 3;

const verdict = (page: Page) => page.getByRole('region', { name: 'Verdict' });
const why = (page: Page) => page.getByRole('region', { name: 'Why' });
const figure = (page: Page, title: string) => page.getByRole('figure').filter({ has: page.getByRole('heading', { name: title, exact: true }) });
const wordsFigure = (page: Page) => figure(page, 'Which words did it');
const gate = (page: Page) => figure(page, 'Inside the gate');
const box = (page: Page) => page.getByRole('textbox', { name: 'Text', exact: true });

const link = (fields: Record<string, string>): string => `#${new URLSearchParams(fields)}`;

async function open(page: Page, fields: Record<string, string> = {}, query = FIXTURE_PAGE): Promise<void> {
  await page.goto(query + link({ text: TEXT, speed: '0.05', why: 'answer', ...fields }));
  // Hundreds of readings of a long text take their time on a busy machine.
  await expect(wordsFigure(page).locator('mark').first()).toBeVisible({ timeout: 100_000 });
}

/** What the library says of the same text, in another page. */
async function told(page: Page, text: string, model = FIXTURE): Promise<Verdict> {
  const other = await page.context().newPage();
  await other.goto(new URL('harness/harness.html', page.url()).href);
  const [found] = await other.evaluate(
    async ([folder, written]) => {
      const classify = await fastbert.pipeline('text-classification', folder, { device: 'wasm' });
      return classify.trace([written], { words: true });
    },
    [model, text] as const,
  );
  await other.close();
  return found!;
}

async function noViolations(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  }
}

/** The table behind a figure, row by row. */
async function tableOf(one: Locator): Promise<string[][]> {
  await one.getByText('The numbers').click();
  return one.getByRole('row').evaluateAll((rows) => rows.map((row) => Array.from(row.children, (cell) => cell.textContent)));
}

test('its code is fetched when it is asked, and shows what the library says of each word', async ({ page, site }) => {
  await page.goto(FIXTURE_PAGE + link({ text: TEXT, speed: '0.05' }));
  await expect(verdict(page)).toContainText('measured:');
  const fetched = (): string[] => site.requests.filter((file) => /\/(why|words)-[^/]*\.(js|css)$/.test(file) && !file.includes('words-zh'));
  const before = fetched().length;
  await page.getByRole('button', { name: 'Which words did it?' }).click();
  await expect(wordsFigure(page).locator('mark')).toHaveCount(10);
  expect(fetched().length).toBeGreaterThan(before);

  // Where it misleads is said beside it.
  await expect(wordsFigure(page)).toContainText('which misleads where several say the same');
  const { words, trajectory } = await told(page, TEXT);
  const signed = (change: number): string => (Number(change.toFixed(3)) === 0 ? '0.000' : `${change < 0 ? '−' : '+'}${Math.abs(change).toFixed(3)}`);
  const rows = (of: 'probability' | 'uncertainty') =>
    words!.parts.map(({ start, end, exits }) => [TEXT.slice(start, end), ...exits.map((one) => signed(one[of]))]);
  const [head, ...answers] = await tableOf(wordsFigure(page));
  expect(head).toEqual(['Without', 'emb', '1', '2', '3']);
  expect(answers).toEqual(rows('probability'));
  await wordsFigure(page).getByRole('radio', { name: 'what keeps it inside' }).check();
  const inside = await wordsFigure(page).getByRole('row').evaluateAll((all) => all.slice(1).map((row) => Array.from(row.children, (cell) => cell.textContent)));
  expect(inside).toEqual(rows('uncertainty'));

  // The strongest is the strongest.
  await wordsFigure(page).getByRole('radio', { name: 'layer 2' }).check();
  const strengths = await wordsFigure(page).locator('mark').evaluateAll((marks) => marks.map((mark) => Number(getComputedStyle(mark).getPropertyValue('--move'))));
  const sizes = words!.parts.map(({ exits }) => Math.abs(exits[2]!.uncertainty));
  expect(strengths.indexOf(Math.max(...strengths))).toBe(sizes.indexOf(Math.max(...sizes)));
  await expect(gate(page)).toContainText(trajectory[2]!.uncertainty.toFixed(3));
});

test('words by keyboard: left and right through words, up and down through layers, in the one focus', async ({ page }) => {
  await open(page);
  const keys = page.getByRole('group', { name: /^Words/ });
  const status = page.getByRole('status', { name: 'Word in focus' });
  await keys.focus();
  await page.keyboard.press('ArrowRight');
  await expect(status).toContainText('Without “The”');
  await expect(wordsFigure(page).locator('mark.focused')).toHaveText('The');
  const lacking = figure(page, 'How it settles').locator('path.without');
  const line = (await lacking.getAttribute('d'))!;
  expect(line.match(/[ML]/g)).toHaveLength(LAYERS + 1);
  await page.keyboard.press('ArrowRight');
  await expect(status).toContainText('Without “plot”');
  await expect(lacking).not.toHaveAttribute('d', line);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(figure(page, 'How it settles').locator('.axes .focused')).toHaveText('1');
  await expect(wordsFigure(page)).toContainText('after layer 1');
  const { words, trajectory } = await told(page, TEXT);
  const { uncertainty } = words!.parts[1]!.exits[1]!;
  await expect(status).toContainText(`uncertainty ${trajectory[1]!.uncertainty.toFixed(2)} → ${(trajectory[1]!.uncertainty + uncertainty).toFixed(2)}`);
  await page.keyboard.press('Escape');
  await expect(status).toHaveText('');
  await expect(lacking).toHaveCount(0);
  await expect(figure(page, 'How it settles').locator('.axes .focused')).toHaveCount(0);
  // And by pointer.
  await wordsFigure(page).locator('mark', { hasText: 'thin' }).hover();
  await expect(status).toContainText('Without “thin”');
});

test('it follows what one writes, and is in the address', async ({ page }) => {
  await open(page);
  await box(page).pressSequentially(' Or is it');
  await expect(wordsFigure(page).locator('mark').last()).toHaveText('it');
  await expect(wordsFigure(page).locator('mark')).toHaveCount(13);
  await wordsFigure(page).getByRole('radio', { name: 'what keeps it inside' }).check();
  await expect(page).toHaveURL(/why=inside/);
  await page.reload();
  await expect(wordsFigure(page).getByRole('radio', { name: 'what keeps it inside' })).toBeChecked();
  await expect(wordsFigure(page).locator('mark')).toHaveCount(13);
  await page.getByRole('button', { name: 'Which words did it?' }).click();
  await expect(why(page)).toHaveCount(0);
  await expect(page).not.toHaveURL(/why/);
});

test('a text without words, one of one word, and none at all', async ({ page }) => {
  await open(page);
  await box(page).fill('?!');
  await expect(why(page)).toContainText('There is no word in it');
  await box(page).fill('Dull');
  await expect(wordsFigure(page).locator('mark')).toHaveText(['Dull']);
  await box(page).fill(' ');
  await expect(why(page)).toContainText('Write a text');
  await box(page).fill('It is not good.');
  await expect(wordsFigure(page).locator('mark')).toHaveCount(4);
  await page.getByRole('checkbox', { name: /Really stop/ }).check();
  await expect(why(page)).toContainText('Untick');
  await page.getByRole('checkbox', { name: /Really stop/ }).uncheck();
  await expect(wordsFigure(page).locator('mark')).toHaveCount(4);
});

for (const [place, exit] of [['at the exit that is looked at', 1], ['before the last layer, where it left', LAYERS - 1]] as const) {
  test(`what would let it leave is true once it is done, and can be undone: ${place}`, async ({ page }) => {
    await page.goto(FIXTURE_PAGE);
    const all = await Promise.all(SENTENCES.map(async (written) => ({ written, found: await told(page, written) })));
    const least = ({ words }: Verdict): number => Math.min(...words!.parts.map(({ exits }) => exits[exit]!.uncertainty));
    const below = (found: Verdict): number => Math.floor(100 * (found.trajectory[exit]!.uncertainty + least(found) / 2)) / 100;
    const stays = ({ found }: { found: Verdict }): boolean => found.trajectory.slice(0, exit).every(({ uncertainty }) => uncertainty >= below(found));
    // The text that a word keeps inside most at that exit, and a speed that it is kept from.
    const { written: text, found } = all.filter(stays).toSorted((a, b) => least(a.found) - least(b.found))[0]!;
    expect(least(found)).toBeLessThan(-0.02);
    const speed = below(found);
    await open(page, { text, speed: String(speed), ...(exit === 1 && { exit: '1' }) });
    const whatIf = why(page).locator('.what-if');
    const line = whatIf.locator('p', { hasText: `it would leave after layer ${exit}: ` });
    await expect(line).toContainText(`Without “`);
    await expect(line).toContainText(`, under ${speed.toFixed(2)}`);
    await whatIf.getByRole('button').first().click();
    await expect(box(page)).not.toHaveValue(text);
    const changed = await box(page).inputValue();
    expect(found.words!.parts.map((part) => without(text, [part]))).toContain(changed);
    await expect(verdict(page)).toContainText(new RegExp(`left (at the embeddings|after layer [1-${exit}] )`));
    await expect(whatIf).toContainText('under the line already');
    await why(page).getByRole('button', { name: 'Put it back' }).click();
    await expect(box(page)).toHaveValue(text);
    await expect(why(page).getByRole('button', { name: 'Put it back' })).toHaveCount(0);
    await expect(line).toContainText(`Without “`);
  });
}

test('inside the gate the numbers lead from one to the next, and the line is the slider\'s', async ({ page }) => {
  await open(page, { exit: '1' });
  const { trajectory } = await told(page, TEXT);
  const { probabilities, uncertainty } = trajectory[1]!;
  const [, ...rows] = await tableOf(gate(page));
  rows.forEach(([, score, probability, part], i) => {
    const p = probabilities[i]!;
    expect(Number(score)).toBeCloseTo(Math.log(p / Math.max(...probabilities)), 2);
    expect(Number(probability)).toBeCloseTo(p, 3);
    expect(Number(part)).toBeCloseTo((-p * Math.log(p)) / Math.log(2), 3);
  });
  await expect(gate(page)).toContainText(`/ ln 2 = ${uncertainty.toFixed(3)}`);
  await expect(gate(page)).toContainText('≥ 0.05: it goes on.');
  await slide(page, 1);
  await expect(gate(page)).toContainText('< 1.00: it leaves.');
  await wordsFigure(page).getByRole('radio', { name: `layer ${LAYERS}` }).check();
  await expect(gate(page)).toContainText('there is no gate');
});

test('of many texts the one in focus is explained; without a word it is read alone', async ({ page }) => {
  const lines = ['A gripping, funny film.', 'It is not good.'];
  await page.goto(FIXTURE_PAGE + link({ input: 'many', why: 'answer', speed: '0.3' }));
  await page.locator('input[type=file]').setInputFiles({ name: 'many.txt', mimeType: 'text/plain', buffer: Buffer.from(lines.join('\n')) });
  await expect(why(page)).toContainText('Point at a text');
  await page.getByRole('group', { name: /^Batch stream/ }).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(wordsFigure(page).locator('mark')).toHaveText(['It', 'is', 'not', 'good']);
});

test('of a long text whole sentences are left out, and then the words of those that change most', async ({ page }) => {
  test.setTimeout(300_000);
  const text =
    'We came in from the rain with no idea what was on. The first hour is slow, and the music tells you what to feel before ' +
    'anybody on the screen has felt it. Then two sisters wash the dishes of a dinner that nobody ate, almost without a word, ' +
    'and I have seen nothing better this year. The younger one drops a glass, the older one laughs until she cannot stop, and ' +
    'the camera stays with them. After that the film wakes up and never looks back. The villain is a cartoon, and the end is ' +
    'loud and explains too much. My friend was bored. I was not.';
  // What is known is shown as it comes once that takes long, as it does by this clock.
  await page.addInitScript(() => {
    const [now, seen] = [performance.now.bind(performance), new Set<string>()];
    let looks = 0;
    performance.now = () => now() + 500 * ++looks;
    new MutationObserver(() => {
      const [, known] = document.querySelector('.words .told')?.textContent.match(/^Left out so far: (.+) …/) ?? [];
      if (known) seen.add(known);
    }).observe(document, { subtree: true, childList: true, characterData: true });
    Object.assign(window, { seen });
  });
  await open(page, { text, speed: '0.1' }, '?device=wasm');
  await expect(wordsFigure(page)).toContainText('Of so long a text whole sentences are left out');
  const { words } = await told(page, text, REAL);
  const shown = await page.evaluate(() => [...(window as unknown as { seen: Set<string> }).seen]);
  const all = words!.parts.length;
  expect(shown).toEqual(expect.arrayContaining([expect.stringMatching(/ of 8$/), expect.stringMatching(` of ${all}$`)]));
  await expect(wordsFigure(page)).not.toContainText('Left out so far');
  const of = (unit: 'word' | 'sentence') => words!.parts.filter((part) => part.unit === unit);
  expect(of('sentence').length).toBe(8);
  expect(of('word').length).toBeGreaterThan(0);
  expect(of('word').length).toBeLessThanOrEqual(60);
  await expect(wordsFigure(page).locator('.tinted p > mark')).toHaveText(of('sentence').map(({ start, end }) => text.slice(start, end)));
  await expect(wordsFigure(page).locator('mark mark')).toHaveText(of('word').map(({ start, end }) => text.slice(start, end)));
  // What is the last of them is reached by keyboard, and seen.
  const keys = page.getByRole('group', { name: /^Words/ });
  await keys.press('ArrowRight');
  for (let i = 1; i < words!.parts.length; i++) await page.keyboard.press('ArrowRight');
  const { start, end } = words!.parts.at(-1)!;
  await expect(wordsFigure(page).locator('mark.focused')).toHaveText(text.slice(start, end));
  await expect(wordsFigure(page).locator('mark.focused')).toBeInViewport();
});

test.describe('by finger', () => {
  test.use({ hasTouch: true });
  test('a word that is tapped is in focus', async ({ page }) => {
    await open(page);
    await wordsFigure(page).locator('mark', { hasText: 'thin' }).tap();
    await expect(page.getByRole('status', { name: 'Word in focus' })).toContainText('Without “thin”');
    await expect(figure(page, 'How it settles').locator('path.without')).toHaveCount(1);
  });
});

test('in colours of the visitor\'s own the lines are seen, and no tint is', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await open(page);
  const marks = wordsFigure(page).locator('mark.falls, mark.rises');
  const looks = await marks.evaluateAll((all) =>
    all.map((mark) => {
      const { backgroundColor, borderBottomColor, borderBottomWidth } = getComputedStyle(mark);
      return { backgroundColor, line: borderBottomColor, width: parseFloat(borderBottomWidth) };
    }),
  );
  expect(looks.length).toBeGreaterThan(0);
  const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  for (const { backgroundColor, line, width } of looks) {
    expect(backgroundColor).toBe('rgba(0, 0, 0, 0)');
    expect(line).not.toBe(paper);
    expect(width).toBeGreaterThan(0);
  }
});

test('pairs have both texts; of several labels the least certain decides', async ({ page }) => {
  await page.goto(`?model=test-models/pairs&device=wasm${link({ text: 'The red car.', second: 'My coat is red.', why: 'answer' })}`);
  await expect(wordsFigure(page).locator('mark')).toHaveText(['The', 'red', 'car', 'My', 'coat', 'is', 'red']);
  await expect(wordsFigure(page)).toContainText('Second text');
  const text = 'set an alarm for six and then tell me the weather in paris';
  await page.goto(`?model=test-models/mixed&device=wasm${link({ text, why: 'inside' })}`);
  await expect(gate(page)).toContainText('U is the greatest of them');
  await expect(gate(page).locator('.class-name')).toHaveCount(5);
  await noViolations(page);
});

for (const [name, fields] of [['English', {}], ['Chinese', { lang: 'zh' }]] as const) {
  test(`nothing that axe finds, in either colours, with the numbers open; at 320 px nothing is cut off: ${name}`, async ({ page }) => {
    await page.goto(FIXTURE_PAGE + link({ text: TEXT, speed: '0.05', why: 'inside', ...fields }));
    await expect(page.locator('.why mark').first()).toBeVisible();
    for (const one of await page.locator('.why .figure summary').all()) await one.click();
    await page.locator('.words .keys').focus();
    await page.keyboard.press('ArrowRight');
    await noViolations(page);
    await page.setViewportSize({ width: 320, height: 640 });
    await expect(page.locator('.speed-bar')).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
  });
}

test('saved, the words have their tints and lines', async ({ page }) => {
  await open(page);
  const download = page.waitForEvent('download');
  await wordsFigure(page).getByRole('button', { name: 'SVG' }).press('Enter');
  const svg = readFileSync(await (await download).path(), 'utf8');
  const marked = await wordsFigure(page).locator('mark:not(.plain)').count();
  expect(marked).toBeGreaterThan(0);
  expect(svg.match(/<line [^>]*stroke-width/g)!.length).toBeGreaterThanOrEqual(marked);
  expect(svg).toContain('fill-opacity');
});
