/**
 * The seven things that the page is for, each walked through on a telephone and on a desktop with the model that
 * ships; each ends on pictures, in light and in dark, that somebody looked at (e2e/screenshots). What differs from run
 * to run is masked: measured times, and where they are drawn. `npx playwright test e2e/walks.spec.ts -u` takes new ones.
 */

import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures.js';
import { slide } from './slide.js';

const places = {
  desktop: { viewport: { width: 1180, height: 820 } },
  phone: { viewport: { width: 390, height: 800 }, hasTouch: true },
};

const verdict = (page: Page): Locator => page.getByRole('region', { name: 'Verdict' });
const figure = (page: Page, name: string): Locator => page.getByRole('figure').filter({ has: page.getByRole('heading', { name, exact: true }) });
const textBox = (page: Page): Locator => page.getByRole('textbox', { name: 'Text', exact: true });
const slider = (page: Page): Locator => page.getByRole('slider', { name: 'Speed', exact: true });

async function open(page: Page, hash = ''): Promise<void> {
  await page.goto(`?device=wasm${hash}`);
  await expect(verdict(page)).toContainText('measured', { timeout: 60_000 });
}

/** All texts of a batch are. */
async function answered(page: Page): Promise<void> {
  const summary = page.getByRole('region', { name: 'Summary' });
  await expect(summary).toContainText('answered', { timeout: 60_000 });
  await expect(summary.getByRole('progressbar')).toHaveCount(0, { timeout: 60_000 });
}

/** What a visitor sees at the end, in light and in dark, with `first` at the top of the screen. */
async function picture(page: Page, name: string, first: Locator): Promise<void> {
  await page.mouse.move(0, 0);
  await first.evaluate((element) => element.scrollIntoView({ block: 'start' }));
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expect(page).toHaveScreenshot(`${name}-${colorScheme}.png`, {
      mask: [page.locator('.measured, .stages, .stage-times figcaption, td.time, .summary p:last-of-type, .device')],
      maskColor: '#888',
    });
  }
}

for (const [place, how] of Object.entries(places)) {
  test.describe(place, () => {
    test.use({ ...how, locale: 'en', reducedMotion: 'reduce' });
    const named = (walk: string): string => `${walk}-${place}`;

    test('sees a recorded run before anything is downloaded', async ({ page }) => {
      await page.addInitScript(() => Object.defineProperty(navigator, 'connection', { value: { saveData: true, effectiveType: '4g' } }));
      await page.goto('?device=wasm');
      await expect(page.getByRole('region', { name: 'Recorded run' })).toContainText(/left (at|after)/);
      await expect(page.getByRole('button', { name: /^Download the model/ })).toBeVisible();
      await picture(page, named('recorded'), page.locator('body'));
    });

    test('writes, and sees a "not" turn the verdict', async ({ page }) => {
      await open(page);
      await textBox(page).fill('The soup was good.');
      await expect(verdict(page)).toContainText('positive');
      await textBox(page).fill('The soup was not good.');
      await expect(verdict(page)).toContainText('negative');
      await expect(verdict(page).locator('.stale')).toHaveCount(0);
      await picture(page, named('writes'), page.getByRole('region', { name: 'Input' }));
    });

    test('drags the line: replayed at once, run again when it is let go', async ({ page }) => {
      await open(page, '#text=The acting is wonderful, but the story falls apart halfway through.&speed=0.5');
      await slide(page, 0.05);
      await expect(page.getByText('replayed', { exact: true }).first()).toBeVisible();
      await expect(verdict(page)).toContainText('layer 6 of 6');
      await slider(page).dispatchEvent('change');
      await expect(verdict(page)).toContainText('measured');
      await slide(page, 1);
      await slider(page).dispatchEvent('change');
      await expect(verdict(page)).toContainText('left at the embeddings');
      await expect(page.getByText('replayed', { exact: true })).toHaveCount(0);
      await picture(page, named('drags'), figure(page, 'How it settles'));
    });

    test('takes many texts, and finds where fast and full disagree', async ({ page }) => {
      await open(page, '#speed=0.9');
      await page.getByRole('radio', { name: 'Many texts' }).check();
      await page.getByRole('group', { name: 'Our sentences' }).getByRole('button', { name: 'all', exact: true }).click();
      await answered(page);
      await page.getByRole('button', { name: 'fast and full disagree' }).click();
      await expect(page.getByRole('table', { name: 'Batch stream' }).locator('tbody tr').first()).toContainText(/full: /);
      await picture(page, named('many'), page.getByRole('heading', { name: 'Text by text' }));
    });

    test('compares two texts, and two tasks', async ({ page }) => {
      await open(page, '#text=The soup was good.&second=The soup was not good.&beside=ag_news');
      await expect(verdict(page)).toContainText(/positive[^]*negative/);
      await expect(figure(page, 'What speed buys')).toContainText('News topics');
      await picture(page, named('compares'), figure(page, 'What speed buys'));
    });

    test('shares what is seen: a link shows another the same', async ({ page, context }) => {
      await open(page, '#text=Not bad at all.&speed=0.3');
      await page.getByRole('radio', { name: 'Many texts' }).check();
      await page.getByRole('group', { name: 'Our sentences' }).getByRole('button', { name: 'sarcastic' }).click();
      await answered(page);
      await page.getByRole('columnheader', { name: 'uncertainty' }).getByRole('button').click();
      await expect(page).toHaveURL(/ours=sarcastic.*sort=uncertainty/);
      const other = await context.newPage();
      await other.goto(page.url());
      const rows = (which: Page): Locator => which.getByRole('table', { name: 'Batch stream' }).locator('tbody tr th');
      await answered(other);
      expect(await rows(other).allTextContents()).toEqual(await rows(page).allTextContents());
      await picture(other, named('shares'), figure(other, 'How it settles'));
    });

    test('reads the story, whose words move the figures', async ({ page }) => {
      await open(page);
      await page.getByRole('button', { name: /^How does it work/ }).click();
      const story = page.getByRole('region', { name: 'Tour' });
      await expect(textBox(page)).toHaveValue('I loved every single minute of it.');
      for (const step of [2, 3, 4, 5]) {
        await story.getByRole('button', { name: 'Next' }).click();
        await expect(story).toContainText(`Step ${step} of 6`);
      }
      await story.getByRole('button', { name: 'At the first layer' }).click();
      await expect(page).toHaveURL(/exit=1/);
      await story.getByRole('button', { name: 'Next' }).click();
      await story.getByRole('button', { name: 'leaving early changes the answer' }).click();
      await expect(page.getByRole('button', { name: 'fast and full disagree' })).toHaveAttribute('aria-pressed', 'true', { timeout: 60_000 });
      await answered(page);
      await page.getByRole('button', { name: 'Done' }).click();
      await expect(story).toHaveCount(0);
      await page.getByRole('button', { name: /^How does it work/ }).click();
      await expect(verdict(page)).toContainText('measured');
      await picture(page, named('story'), story);
    });
  });
}
