/** A host that serves files and nothing else, under a path of its own: no headers, no rules. */

import path from 'node:path';
import { serve, type Site } from '../bench/serve.js';
import { expect, test } from './fixtures.js';

test.use({ serviceWorkers: 'allow' });

const DIST = path.join(path.dirname(import.meta.dirname), 'dist');

let host: Site;
test.beforeEach(async () => {
  host = await serve([{ at: '/some/path/', folder: DIST }], undefined, {});
});
test.afterEach(() => host.close());

test('from the second visit on the page opens without the host', async ({ page }) => {
  const address = `${host.url}some/path/?device=wasm`;
  const verdict = page.getByRole('region', { name: 'Verdict' });
  await page.goto(address);
  await expect(verdict).toContainText(/positive|negative/);
  await page.evaluate(() => navigator.serviceWorker.ready);

  await page.reload();
  await expect(verdict).toContainText(/positive|negative/);

  await host.close();
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('fastbert-web');
});
