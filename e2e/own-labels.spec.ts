/** A visitor's own labels: named, given texts, learnt, corrected, kept, taken home and opened again. */

import { readFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { unzipSync } from 'fflate';
import { expect, test } from './fixtures.js';

const own = (page: Page) => page.getByRole('region', { name: 'Your own labels' });
const card = (page: Page, label: string) => own(page).getByRole('region', { name: label, exact: true });
const report = (page: Page) => own(page).locator('.own-figure');
const verdict = (page: Page) => page.getByRole('region', { name: 'Verdict' });

const open = (page: Page, hash = '') => page.goto(`?device=wasm#task=own${hash}`);

async function example(page: Page, name = 'messages to a shop', hash = ''): Promise<void> {
  await open(page, hash);
  await own(page).getByRole('button', { name }).click();
  await expect(report(page)).toContainText(/Learnt from \d+ texts/, { timeout: 60_000 });
}

async function noViolations(page: Page): Promise<void> {
  // An answer that is about to be another is faint.
  await expect(page.locator('.stale, [aria-busy=true]')).toHaveCount(0);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  }
}

/** Files that are let go over the view. */
async function drop(page: Page, files: { name: string; data: Buffer }[]): Promise<void> {
  const transfer = await page.evaluateHandle(
    (given) => {
      const data = new DataTransfer();
      for (const { name, base64 } of given) data.items.add(new File([Uint8Array.from(atob(base64), (one) => one.charCodeAt(0))], name));
      return data;
    },
    files.map(({ name, data }) => ({ name, base64: data.toString('base64') })),
  );
  await own(page).dispatchEvent('drop', { dataTransfer: transfer });
}

test('from nothing by keyboard: two labels, two texts each, and a text is answered', async ({ page, site }) => {
  await page.goto('?device=wasm');
  await page.getByRole('button', { name: 'Teach it your own labels' }).press('Enter');
  await expect(own(page)).toContainText(/encoder that was taught nothing yet, \d+\.\d\sMB/);
  expect(site.requests.filter((file) => file.startsWith('/models/general/'))).toEqual(['/models/general/manifest.json']);
  await noViolations(page);
  await own(page).getByRole('button', { name: 'Begin with nothing' }).press('Enter');
  await expect(own(page).getByRole('textbox', { name: 'New label' })).toBeFocused();
  await expect(report(page)).toHaveText('Name two labels to begin with.');
  await page.keyboard.type('praise');
  await page.keyboard.press('Enter');
  await expect(report(page)).toHaveText('One label tells nothing apart. Name another.');
  await page.keyboard.type('blame');
  await page.keyboard.press('Enter');
  await expect(report(page)).toContainText('Still short of texts: praise, blame.');
  await own(page).getByRole('textbox', { name: 'New texts under praise' }).focus();
  for (const text of ['What a lovely evening it was.', 'Thank you, that was wonderful.']) {
    await page.keyboard.type(text);
    await page.keyboard.press('Enter');
  }
  await own(page).getByRole('textbox', { name: 'New texts under blame' }).fill('This was a waste of time.\nIt broke at once, how annoying.');
  await page.keyboard.press('Enter');
  await expect(report(page)).toContainText(/Learnt from 4 texts\. On texts like these about \d+\s%/);
  await expect(own(page)).toContainText('promises too much, by up to 7 points');
  await page.getByRole('textbox', { name: 'Text', exact: true }).fill('Such a wonderful, lovely day.');
  await expect(verdict(page)).toContainText('praise');
  // The same text twice is one.
  await own(page).getByRole('textbox', { name: 'New texts under blame' }).fill('This was a waste of time.');
  await page.keyboard.press('Enter');
  await expect(own(page)).toContainText('0 texts added; 1 was there already.');
  await noViolations(page);
});

test('a wrong answer is put right where it stands, and what it doubts most is offered', async ({ page }) => {
  await example(page);
  await page.getByRole('textbox', { name: 'Text', exact: true }).fill('Tell me about the blue one');
  const correction = verdict(page).getByRole('group', { name: 'What this is: Tell me about the blue one' });
  await correction.getByRole('button', { name: 'complaint' }).click();
  await expect(report(page)).toContainText('Learnt from 25 texts');
  await expect(correction.getByRole('button', { name: 'complaint' })).toHaveAttribute('aria-pressed', 'true');
  await expect(card(page, 'complaint')).toContainText('9 texts');
  // Changed one's mind: it stands under one label.
  await correction.getByRole('button', { name: 'question' }).click();
  await expect(card(page, 'question')).toContainText('9 texts');
  await expect(card(page, 'complaint')).toContainText('8 texts');

  const doubts = own(page).getByRole('region', { name: 'It is least sure of these' });
  await expect(doubts.getByRole('listitem')).toHaveCount(5);
  await expect(card(page, 'without a label')).toContainText('6 texts');
  await doubts.getByRole('listitem').first().getByRole('button', { name: 'complaint' }).click();
  await expect(card(page, 'without a label')).toContainText('5 texts');
  await expect(report(page)).toContainText('Learnt from 26 texts');
});

test('among many texts too, in the row', async ({ page }) => {
  await example(page, 'messages to a shop', '&input=many&lines=Do you have it in green?%0AIt is broken and I am angry.');
  await page.getByRole('button', { name: 'Classify' }).click();
  const row = page.getByRole('table', { name: 'Batch stream' }).locator('tbody tr').first();
  const choice = row.getByRole('combobox', { name: 'What this is: Do you have it in green?' });
  await expect(choice).toHaveValue('question');
  await choice.selectOption('order');
  await expect(report(page)).toContainText('Learnt from 25 texts');
  await expect(card(page, 'order')).toContainText('Do you have it in green?');
});

test('labels are renamed, merged and taken away; texts corrected, moved, deleted and had back', async ({ page }) => {
  await example(page);
  await own(page).getByRole('button', { name: 'Change label order' }).click();
  await own(page).getByRole('textbox', { name: 'Name', exact: true }).fill('complaint');
  await page.keyboard.press('Enter');
  await expect(own(page).getByRole('alert')).toContainText('There is a label “complaint” already');
  await own(page).getByRole('textbox', { name: 'Name', exact: true }).fill('wish');
  await page.keyboard.press('Enter');
  await expect(card(page, 'wish')).toContainText('8 texts');
  await expect(own(page).getByRole('heading', { name: 'Your own labels' })).toBeFocused();

  const text = 'May I pay by invoice?';
  await card(page, 'question').getByRole('button', { name: `Edit: ${text}` }).click();
  await card(page, 'question').getByRole('textbox', { name: 'Text', exact: true }).fill('May I pay later?');
  await card(page, 'question').getByRole('combobox', { name: 'Label' }).selectOption('wish');
  await card(page, 'question').getByRole('button', { name: 'Save' }).click();
  await expect(card(page, 'wish')).toContainText('9 texts');
  await card(page, 'wish').getByRole('button', { name: 'Show all 9' }).click();
  await card(page, 'wish').getByRole('button', { name: 'Edit: May I pay later?' }).click();
  await card(page, 'wish').getByRole('button', { name: 'Delete' }).click();
  await expect(card(page, 'wish')).toContainText('8 texts');
  await own(page).getByRole('button', { name: 'Undo' }).click();
  await expect(card(page, 'wish')).toContainText('May I pay later?');

  await own(page).getByRole('button', { name: 'Change label question' }).click();
  await own(page).getByRole('combobox', { name: 'Merge into' }).selectOption('wish');
  await own(page).getByRole('button', { name: 'Merge', exact: true }).click();
  await expect(card(page, 'wish')).toContainText('16 texts');
  await expect(card(page, 'question')).toHaveCount(0);
  // Learnt meanwhile, it is had back all the same, with its texts and in its place.
  await expect(report(page)).toContainText('Learnt from 24 texts');
  await expect(own(page).locator('[aria-busy=true]')).toHaveCount(0);
  await own(page).getByRole('button', { name: 'Undo' }).click();
  await expect(own(page).locator('.own-card h3')).toHaveText(['wish', 'complaint', 'question', 'without a label']);
  await expect(card(page, 'wish')).toContainText('9 texts');
  await expect(card(page, 'question')).toContainText('7 texts');
  await expect(own(page).getByRole('button', { name: 'Undo' })).toHaveCount(0);
  await expect(own(page).getByRole('heading', { name: 'Your own labels' })).toBeFocused();
  await own(page).getByRole('button', { name: 'Change label question' }).click();
  await own(page).getByRole('combobox', { name: 'Merge into' }).selectOption('wish');
  await own(page).getByRole('button', { name: 'Merge', exact: true }).click();
  await own(page).getByRole('button', { name: 'Change label complaint' }).click();
  await own(page).getByRole('button', { name: 'Take away' }).click();
  await expect(card(page, 'without a label')).toContainText('14 texts');
  await expect(report(page)).toHaveText('One label tells nothing apart. Name another.');
  await expect(verdict(page)).toContainText('Teach it, and your text is read here.');
  await own(page).getByRole('button', { name: 'Undo' }).click();
  await expect(card(page, 'complaint')).toContainText('8 texts');
  await expect(report(page)).toContainText('Learnt from 24 texts');
  await page.getByRole('textbox', { name: 'Text', exact: true }).fill('It is broken and I am angry.');
  await expect(verdict(page)).toContainText('complaint');
});

test('the trajectory and the slider work as for any task, and the figures say whose texts they are of', async ({ page }) => {
  await example(page);
  await expect(verdict(page)).toContainText(/measured/);
  await expect(page.getByRole('img', { name: /^Trajectory: uncertainty/ })).toBeVisible();
  await own(page).getByRole('button', { name: /^Set speed/ }).click();
  const set = (await own(page).getByRole('button', { name: /^Set speed/ }).textContent())!.replace('Set speed ', '');
  await expect(page.getByRole('slider', { name: 'Speed', exact: true })).toHaveValue(String(Number(set)));
  await expect(page.getByRole('heading', { name: 'What speed buys' })).toBeVisible();
  await expect(page.locator('.further')).toContainText('On your texts, each left out in turn, n = 24');
  await expect(page.locator('.further')).not.toContainText('dev set');
});

test('it is there after a reload, without a network too, and is gone when it is deleted', async ({ page, site }) => {
  await example(page);
  await expect(own(page)).toContainText('Kept on this device');
  await page.reload();
  await expect(report(page)).toContainText('Learnt from 24 texts');
  await page.getByRole('textbox', { name: 'Text', exact: true }).fill('Is it blue?');
  await expect(verdict(page)).toContainText('question');
  site.fault = (pathname) => (pathname.startsWith('/models/') ? 'missing' : undefined);
  await page.reload();
  await own(page).getByRole('textbox', { name: 'New texts under order' }).fill('Three spoons, please.');
  await page.keyboard.press('Enter');
  await expect(report(page)).toContainText('Learnt from 25 texts');
  const [file] = await Promise.all([page.waitForEvent('download'), own(page).getByRole('button', { name: /^Save the model/ }).click()]);
  expect(Object.keys(unzipSync(readFileSync((await file.path())!))).filter((name) => name.endsWith('.onnx'))).toHaveLength(2);
  await own(page).getByRole('button', { name: 'Delete all' }).click();
  await own(page).getByRole('button', { name: 'Keep them' }).click();
  await own(page).getByRole('button', { name: 'Delete all' }).click();
  await own(page).getByRole('button', { name: /^Really delete the labels and 31 texts$/ }).click();
  await expect(own(page).getByRole('button', { name: 'Begin with nothing' })).toBeVisible();
  await page.reload();
  await expect(own(page).getByRole('button', { name: 'Begin with nothing' })).toBeVisible();
  await expect(own(page)).toContainText('The encoder that it takes is on this device already.');
});

test('texts go home as a table and come back; the model as a package that the page opens again', async ({ page, site }) => {
  await example(page);
  const save = async (name: RegExp): Promise<Buffer> => {
    const [file] = await Promise.all([page.waitForEvent('download'), own(page).getByRole('button', { name }).click()]);
    return readFileSync((await file.path())!);
  };
  const table = await save(/^Save the texts/);
  expect(table.toString().split('\n').slice(0, 2)).toEqual(['label\ttext', 'order\tPlease send me two of the blue mugs.']);
  await expect(own(page)).toContainText('holds no text, but the mean of each label');
  const packed = await save(/^Save the model/);
  const files = unzipSync(packed);
  const paths = Object.keys(files);
  expect(paths).toEqual(expect.arrayContaining(['index.html', 'models/my-labels/manifest.json', 'models/my-labels/README.md']));
  expect(new TextDecoder().decode(files['index.html'])).toContain("pipeline('text-classification', 'models/my-labels'");
  expect(packed.includes('blue mugs')).toBe(false);

  await page.getByRole('textbox', { name: 'Text', exact: true }).fill('Is it blue?');
  await expect(verdict(page)).toContainText('question');
  await own(page).getByRole('button', { name: 'Delete all' }).click();
  await own(page).getByRole('button', { name: /^Really/ }).click();
  await expect(verdict(page)).toContainText('Teach it, and your text is read here.');
  await drop(page, [{ name: 'my-labels.zip', data: packed }]);
  await expect(own(page)).toContainText('The model “my-labels” is open');
  await expect(verdict(page)).toContainText('question');
  // It is open until it is closed: later and without a network too.
  site.fault = (pathname) => (pathname.startsWith('/models/') ? 'missing' : undefined);
  await page.reload();
  await expect(own(page)).toContainText('The model “my-labels” is open');
  await page.getByRole('textbox', { name: 'Text', exact: true }).fill('Is it green?');
  await expect(verdict(page)).toContainText('question');
  await own(page).getByRole('button', { name: 'Close it' }).click();
  await expect(verdict(page)).toContainText('Teach it, and your text is read here.');
  await page.reload();
  await expect(own(page).getByRole('button', { name: 'Begin with nothing' })).toBeVisible();
  await expect(own(page)).not.toContainText('is open');
  site.fault = () => undefined;

  await drop(page, [{ name: 'my-labels.tsv', data: table }]);
  await expect(report(page)).toContainText('Learnt from 24 texts');
  await expect(card(page, 'without a label')).toContainText('6 texts');
  await drop(page, [{ name: 'holiday.zip', data: Buffer.from('no zip') }]);
  await expect(own(page).getByRole('alert')).toContainText('This is no .zip');
  await noViolations(page);
});

test('5,000 texts under 150 labels, pasted as a table: folded, shown a few at a time, and found', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page);
  await own(page).getByRole('button', { name: 'Begin with nothing' }).click();
  await own(page).getByRole('textbox', { name: 'New label' }).fill('wish 0');
  await page.keyboard.press('Enter');
  const rows = Array.from({ length: 5000 }, (_, i) => `wish ${i % 150}\tI would like number ${i}, please.`);
  await page.evaluate((table) => navigator.clipboard.writeText(table), `label\ttext\n${rows.join('\n')}\n`);
  await own(page).getByRole('textbox', { name: 'New texts under wish 0' }).press('ControlOrMeta+v');
  await page.keyboard.press('Enter');
  await expect(own(page)).toContainText('5,000 texts added.', { timeout: 60_000 });
  const cards = own(page).locator('.own-card:not(.own-new)');
  const texts = own(page).locator('.own-card li');
  await expect(cards).toHaveCount(24);
  await expect(texts).toHaveCount(0);
  expect(await own(page).locator('*').count()).toBeLessThan(400);

  await own(page).getByRole('button', { name: 'wish 149', exact: true }).click();
  await expect(texts).toHaveCount(4);
  await card(page, 'wish 149').getByRole('button', { name: 'Show all 33' }).click();
  await expect(texts).toHaveCount(33);
  await own(page).getByRole('button', { name: 'Show all 150 labels' }).click();
  await expect(cards).toHaveCount(150);
  await own(page).getByRole('button', { name: 'wish 149', exact: true }).click();
  await expect(texts).toHaveCount(0);

  await own(page).getByRole('searchbox', { name: 'Find a label or a text' }).fill('number 4321,');
  await expect(cards).toHaveCount(1);
  await expect(card(page, 'wish 121')).toContainText('33 texts');
  await expect(texts).toHaveText([/^I would like number 4321, please\./]);
  await own(page).getByRole('searchbox').fill('nowhere');
  await expect(cards).toHaveCount(0);
  await expect(own(page)).toContainText('No label and no text has that in it.');
  await own(page).getByRole('searchbox').fill('');

  // A new one stands on top, open for texts, and stays so.
  await own(page).getByRole('textbox', { name: 'New label' }).fill('thanks');
  await page.keyboard.press('Enter');
  await expect(own(page).getByRole('textbox', { name: 'New label' })).toBeFocused();
  await expect(cards.first()).toHaveAttribute('aria-label', 'thanks');
  for (const text of ['Thank you.', 'Many thanks.']) {
    await own(page).getByRole('textbox', { name: 'New texts under thanks' }).fill(text);
    await page.keyboard.press('Enter');
    await expect(card(page, 'thanks')).toContainText(text);
  }
  await own(page).getByRole('button', { name: 'Delete all' }).click();
  await own(page).getByRole('button', { name: /^Really delete the labels and 5,002 texts/ }).click();
  await expect(own(page).getByRole('button', { name: 'Begin with nothing' })).toBeVisible();
});

test('from thirteen labels on the newest stand first, and the keyboard stays where names are written', async ({ page }) => {
  await open(page);
  await own(page).getByRole('button', { name: 'Begin with nothing' }).click();
  for (let i = 1; i <= 14; i++) {
    await expect(own(page).getByRole('textbox', { name: 'New label' })).toBeFocused();
    await page.keyboard.type(`label ${i}`);
    await page.keyboard.press('Enter');
    await expect(card(page, `label ${i}`)).toBeVisible();
  }
  await expect(own(page).getByRole('button', { name: 'label 1', exact: true })).toHaveAttribute('aria-expanded', 'true');
  await expect(report(page)).toContainText('label 8 and 6 more');
  await noViolations(page);
});

test('names as long as a sentence, with markup in them, are shown as they are, and nothing is cut off on a small telephone', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await open(page);
  await own(page).getByRole('button', { name: 'Begin with nothing' }).click();
  const names = ['<b>Bold</b>', 'Beschwerdebearbeitungs'.repeat(9), ...Array.from({ length: 7 }, (_, i) => `what our customers would like to have in topic ${i}`)];
  const rows = names.flatMap((name) => [1, 2].map((i) => `${name}\tThe ${name.slice(-5)} text, number ${i}.`));
  await drop(page, [{ name: 'long.tsv', data: Buffer.from(`label\ttext\n${rows.join('\n')}\n`) }]);
  await expect(report(page)).toContainText('Learnt from 18 texts');
  await expect(card(page, names[0]!)).toBeVisible();
  await page.getByRole('textbox', { name: 'Text', exact: true }).fill('The tungs text, number 1.');
  await expect(verdict(page)).toContainText(names[1]!);
  const beyond = (): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(await beyond()).toBeLessThanOrEqual(0);
  await own(page).getByRole('button', { name: 'Change label what our customers would like to have in topic 0' }).click();
  await own(page).getByRole('button', { name: 'Take away' }).click();
  await expect(verdict(page).getByRole('button', { name: names[1]! })).toBeVisible();
  expect(await beyond()).toBeLessThanOrEqual(0);
});

test('a script that it cannot read is told, and nothing is lost', async ({ page }) => {
  await example(page);
  await own(page).getByRole('textbox', { name: 'New texts under order' }).fill('ሰላም ለዓለም');
  await page.keyboard.press('Enter');
  await expect(own(page)).toContainText('Nothing can be read of 1 text');
  await expect(report(page)).toContainText('Learnt from 24 texts');
  await expect(card(page, 'order')).toContainText('9 texts');
});

test('an encoder that does not arrive is told; trying again goes on', async ({ page, site }) => {
  site.fault = (pathname) => (pathname.endsWith('.bin') ? 'missing' : undefined);
  await open(page);
  await own(page).getByRole('button', { name: 'Begin with nothing' }).click();
  await expect(own(page).getByRole('alert')).toHaveText('A part of the model did not arrive. Check the connection, then try again.', { timeout: 60_000 });
  await open(page, '&lang=zh');
  const mine = page.getByRole('region', { name: '您自己的标签' });
  await mine.getByRole('button', { name: '从零开始' }).click();
  await expect(mine.getByRole('alert')).toHaveText('模型的一部分未能送达。请检查网络连接，然后重试。', { timeout: 60_000 });
  site.fault = () => undefined;
  await mine.getByRole('button', { name: '从零开始' }).click();
  await expect(mine.getByRole('textbox', { name: '新标签' })).toBeVisible();
});

test('in Chinese, on a small telephone, with a long text and in the system\'s colours: nothing is cut off', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
  await open(page, '&lang=zh');
  const mine = page.getByRole('region', { name: '您自己的标签' });
  await mine.getByRole('button', { name: '中文', exact: true }).click();
  await expect(mine.locator('.own-figure')).toContainText('已从 21 条文本中学习');
  await mine.getByRole('textbox', { name: '下单的新文本' }).fill(`a long text ${'字'.repeat(300)} ${'x'.repeat(300)}`);
  await page.keyboard.press('Enter');
  await expect(mine.locator('.own-figure')).toContainText('已从 22 条文本中学习');
  // What is deleted further down can be had back from there.
  await page.emulateMedia({ forcedColors: 'none' });
  await mine.getByRole('region', { name: '咨询' }).getByRole('button', { name: /^编辑/ }).last().click();
  await mine.getByRole('region', { name: '咨询' }).getByRole('button', { name: '删除' }).click();
  await expect(mine.getByRole('button', { name: '撤销' })).toBeInViewport({ ratio: 1 });
  await mine.getByRole('button', { name: '撤销' }).click();
  await expect(mine.getByRole('region', { name: '咨询' })).toContainText('7');
  await page.emulateMedia({ forcedColors: 'active' });
  await mine.getByRole('button', { name: '更改标签 咨询' }).click();
  await mine.getByRole('button', { name: '编辑：这个有大的吗？' }).or(mine.getByRole('button', { name: /^编辑/ })).first().click();
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  await page.emulateMedia({ forcedColors: 'none' });
  await noViolations(page);
});
