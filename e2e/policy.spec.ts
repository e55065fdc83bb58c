/** The content security policy, on the page and in its worker; and nobody else is asked for anything. */

import path from 'node:path';
import { serve } from '../bench/serve.js';
import { expect, test } from './fixtures.js';

const ROOT = path.dirname(import.meta.dirname);
/** What the page says of itself. As a header, the worker has to keep to it too. */
const POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; form-action 'none'";

declare global {
  var violations: string[];
}

for (const device of ['wasm', 'webgpu']) {
  test(`${device}: all that a visitor does keeps to the policy, and to the page's own origin`, async ({ page }) => {
    const host = await serve([{ at: '/', folder: path.join(ROOT, 'dist') }], undefined, { 'Content-Security-Policy': POLICY });
    const requests: string[] = [];
    page.context().on('request', (request) => requests.push(request.url()));
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (/content security policy/i.test(message.text())) complaints.push(message.text());
    });
    try {
      await page.addInitScript(() => {
        globalThis.violations = [];
        addEventListener('securitypolicyviolation', (event) => violations.push(`${event.violatedDirective} ${event.blockedURI}`));
      });
      await page.goto(`${host.url}?device=${device}`);
      expect(await page.locator('meta[http-equiv=Content-Security-Policy]').getAttribute('content')).toBe(POLICY);
      const verdict = page.getByRole('region', { name: 'Verdict' });
      await expect(verdict).toContainText(/positive|negative/);
      await page.getByRole('textbox', { name: 'Text', exact: true }).fill('A waste of time.');
      await expect(verdict).toContainText('negative');
      await page.getByRole('slider', { name: 'Speed' }).press('ArrowRight');
      await page.getByRole('combobox', { name: 'Task' }).selectOption('News topics');
      await expect(verdict).toContainText(/world|sports|business|sci\/tech/);
      await page.getByRole('radio', { name: 'Many texts' }).check();
      await page.getByRole('group', { name: 'Our sentences' }).getByRole('button', { name: 'short' }).click();
      await expect(page.getByRole('region', { name: 'Summary' })).toContainText(/of 12 right/);
      expect(await page.evaluate(() => violations)).toEqual([]);
      expect(complaints).toEqual([]);
      expect(requests.length).toBeGreaterThan(10);
      expect(requests.filter((url) => !url.startsWith(host.url) && !/^(data|blob):/.test(url))).toEqual([]);

      // The policy is in force: what it is there for is refused.
      const refused = await page.evaluate(async () => {
        const inline = document.createElement('script');
        inline.textContent = 'globalThis.ranInline = true';
        document.body.append(inline);
        // Later, since what Playwright evaluates may itself evaluate.
        await new Promise((done) => setTimeout(done));
        const evaluated = ((): boolean => {
          try {
            // oxlint-disable-next-line no-implied-eval, no-new-func -- to see it refused
            return Boolean(new Function('return true')());
          } catch {
            return false;
          }
        })();
        const elsewhere = await fetch('https://elsewhere.example/').then(
          () => true,
          () => false,
        );
        return { inline: 'ranInline' in globalThis, evaluated, elsewhere };
      });
      expect(refused).toEqual({ inline: false, evaluated: false, elsewhere: false });
      await expect
        .poll(async () => new Set((await page.evaluate(() => violations)).map((one) => one.split(' ')[0])))
        .toEqual(new Set(['script-src-elem', 'script-src', 'connect-src']));
    } finally {
      await host.close();
    }
  });
}

test('a policy that lets no wasm run: DeviceError, and what it has to allow', async ({ page }) => {
  const mounts = [{ at: '/test-models/', folder: path.join(ROOT, 'e2e/models') }, { at: '/', folder: path.join(ROOT, 'dist-bench') }];
  const host = await serve(mounts, undefined, { 'Content-Security-Policy': "default-src 'self'" });
  try {
    await page.goto(`${host.url}harness.html`);
    const error = await page.evaluate(() =>
      fastbert.pipeline('text-classification', '/test-models/fixture', { device: 'wasm' }).then(String, ({ name, message }: Error) => `${name}: ${message}`),
    );
    expect(error).toMatch(/^DeviceError: The encoder could not be compiled .*'wasm-unsafe-eval'/);
  } finally {
    await host.close();
  }
});
