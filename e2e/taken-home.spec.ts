/**
 * A model that was taught in the page, taken home: unpacked, with the library beside it, it answers in its own page of ten lines; its
 * folder is opened by the page again.
 */

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { unzipSync } from 'fflate';
import { serve } from '../bench/serve.js';
import { expect, test } from './fixtures.js';
import { installIn } from './install.js';

const own = (page: Page): Locator => page.getByRole('region', { name: 'Your own labels' });
const verdict = (page: Page): Locator => page.getByRole('region', { name: 'Verdict' });
const write = (page: Page, text: string): Promise<void> => page.getByRole('textbox', { name: 'Text', exact: true }).fill(text);

async function teach(page: Page): Promise<void> {
  await page.goto('?device=wasm#task=own');
  await own(page).getByRole('button', { name: 'messages to a shop' }).click();
  await expect(own(page).locator('.own-figure')).toContainText('Learnt from 24 texts', { timeout: 60_000 });
}

/** Where the .zip that it saves is unpacked. */
async function takeHome(page: Page): Promise<string> {
  const [file] = await Promise.all([page.waitForEvent('download'), own(page).getByRole('button', { name: /^Save the model/ }).click()]);
  const folder = mkdtempSync(path.join(tmpdir(), 'fastbert-web-home-'));
  for (const [name, data] of Object.entries(unzipSync(readFileSync((await file.path())!)))) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), data);
  }
  return folder;
}

test('the package that was saved is served, and its page answers as this one does', async ({ page }) => {
  await teach(page);
  const texts = ['Is the lamp safe in a dishwasher?', 'The mug came in four pieces.', 'Please send me three cushions.'];
  const answers: string[] = [];
  for (const text of texts) {
    await write(page, text);
    await expect(verdict(page).getByRole('group', { name: `What this is: ${text}` })).toBeVisible();
    await expect(verdict(page).and(page.locator('[aria-busy=false]'))).toBeVisible();
    answers.push((await verdict(page).locator('.headline strong').textContent())!);
  }
  expect(new Set(answers).size).toBe(3);
  const folder = await takeHome(page);
  installIn(folder);
  const home = await serve([{ at: '/', folder }]);
  try {
    await page.goto(home.url);
    await expect(page).toHaveTitle('my-labels');
    for (const [i, text] of texts.entries()) {
      // Until the model is there nothing listens.
      await expect(async () => {
        await page.getByRole('textbox', { name: 'Text' }).fill('');
        await page.getByRole('textbox', { name: 'Text' }).fill(text);
        await expect(page.getByRole('status')).toHaveText(answers[i]!, { timeout: 1000 });
      }).toPass({ timeout: 30_000 });
    }
  } finally {
    await home.close();
    rmSync(folder, { recursive: true });
  }
});

test('its folder opens, chosen or dropped; a folder of tables brings its texts', async ({ page, context }) => {
  await teach(page);
  const folder = await takeHome(page);
  const models = path.join(folder, 'models');
  const tables = path.join(folder, 'tables');
  mkdirSync(path.join(tables, 'more'), { recursive: true });
  writeFileSync(path.join(tables, 'a.csv'), 'label,text\norder,One more lamp please.\n');
  writeFileSync(path.join(tables, 'more/b.txt'), 'What is this made of?\n');
  /** As the system lets a folder go over the view. */
  const drop = async (dropped: string): Promise<void> => {
    const devtools = await context.newCDPSession(page);
    await own(page).getByRole('heading', { level: 2 }).scrollIntoViewIfNeeded();
    const { x, y } = (await own(page).getByRole('heading', { level: 2 }).boundingBox())!;
    const data = { items: [], files: [dropped], dragOperationsMask: 1 };
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) await devtools.send('Input.dispatchDragEvent', { type, x: x + 5, y: y + 5, data });
  };
  await write(page, 'Is it blue?');
  for (const open of [() => own(page).locator('input[webkitdirectory]').setInputFiles(models), () => drop(models)]) {
    await open();
    await expect(own(page)).toContainText('The model “my-labels” is open');
    await expect(verdict(page)).toContainText('question');
    await own(page).getByRole('button', { name: 'Close it' }).click();
    await expect(own(page)).not.toContainText('is open');
  }
  await drop(tables);
  await expect(own(page).getByRole('region', { name: 'order', exact: true })).toContainText('One more lamp please.');
  await expect(own(page).getByRole('region', { name: 'without a label' })).toContainText('What is this made of?');
  await expect(own(page).locator('.own-figure')).toContainText('Learnt from 25 texts');
  rmSync(folder, { recursive: true });
});
