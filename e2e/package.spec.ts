/** What npm would publish, built as its users build, and run in a real browser. */

import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { build, createServer, type InlineConfig } from 'vite';
import webpack from 'webpack';
import { findChromium, LAUNCH_ARGS } from '../bench/chromium.mjs';
import { serve } from '../bench/serve.js';
import { sizes } from '../npm/sizes.mjs';
import { expect, ROOT, test } from './install.js';

/** Begins every script with a line, a worker's too. */
async function pretend(page: Page, line: string): Promise<void> {
  await page.route('**/*.js', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${line}\n${await response.text()}` });
  });
}

const patient = expect.configure({ timeout: 30_000 });
const NO_JSPI = 'delete WebAssembly.Suspending;';

test('a Vite app, from the dev server and built', async ({ page, install }) => {
  const folder = install('vite');
  const config: InlineConfig = { root: folder, configFile: false, logLevel: 'warn' };

  const tsc = path.join(ROOT, 'node_modules/.bin/tsc');
  const options = ['--noEmit', '--strict', '--target', 'es2022', '--lib', 'es2024,dom', '--module', 'esnext', '--moduleResolution', 'bundler'];
  execFileSync(tsc, [...options, 'main.ts'], { cwd: folder, stdio: 'inherit' });

  const server = await createServer(config);
  await server.listen(0);
  await page.goto(`${server.resolvedUrls!.local[0]}?device=wasm`);
  await patient(page.locator('body')).toHaveText('positive: wasm, one thread');
  await server.close();

  await build(config);
  const site = await serve([{ at: '/', folder: path.join(folder, 'dist') }]);
  await page.goto(`${site.url}?device=wasm`);
  await patient(page.locator('body')).toHaveText('positive: wasm, one thread');
  await site.close();
});

test('a webpack app, under a strict content security policy', async ({ page, install }) => {
  const folder = install('webpack');
  const output = { path: path.join(folder, 'public') };
  const compiler = webpack({ context: folder, mode: 'production', entry: './main.js', output, performance: false });
  const stats = await new Promise<webpack.Stats>((resolve, reject) => {
    compiler.run((error, result) => (error ? reject(error) : resolve(result!)));
  });
  expect(stats.toJson({ all: false, errors: true, warnings: true })).toMatchObject({ errors: [], warnings: [] });

  cpSync(path.join(folder, 'index.html'), path.join(folder, 'public/index.html'));
  const strict = { 'Content-Security-Policy': "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'" };
  const site = await serve([{ at: '/', folder: path.join(folder, 'public') }], undefined, strict);
  await page.goto(`${site.url}?device=wasm`);
  await patient(page.locator('body')).toHaveText('positive: wasm, one thread');
  await page.goto(`${site.url}?device=webgpu`);
  await patient(page.locator('body')).toHaveText(/positive: webgpu/);
  await site.close();
});

test('a page without a bundler, its files copied by the command', async ({ page, install }) => {
  const folder = install('static');
  const command = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(path.join(folder, 'node_modules/.bin/fastbert-web'), args, { cwd: folder, encoding: 'utf8' });
    return { status, said: stdout + stderr };
  };
  for (const [args, message] of [
    [[], /There is no command\.\n\nUsage/],
    [['copy'], /There is no command "copy"/],
    [['copy-assets'], /takes one folder, not none/],
    [['copy-assets', 'a', 'b'], /takes one folder, not 2/],
    [['copy-assets', 'pubic/'], /pubic\/ is no folder here/],
  ] as const) {
    expect(command(...args)).toMatchObject({ status: 2, said: expect.stringMatching(message) });
  }
  const { status, said } = command('copy-assets', 'public/');
  expect(status).toBe(0);
  expect(said).toMatch(/26\.78 MB {2}ort\/ort-wasm-simd-threaded\.asyncify\.wasm/);
  expect(said).toMatch("import { pipeline } from '/fastbert-web/index.js';");

  cpSync(path.join(folder, 'index.html'), path.join(folder, 'public/index.html'));
  const site = await serve([{ at: '/', folder: path.join(folder, 'public') }]);
  await pretend(page, NO_JSPI);
  const asyncify = page.waitForRequest(/\/fastbert-web\/ort\/.*asyncify\.wasm$/);
  await page.goto(`${site.url}?device=webgpu`);
  await patient(page.locator('body')).toHaveText(/positive: webgpu/);
  await asyncify;

  await page.unrouteAll();
  const elsewhere = await serve([{ at: '/', folder: path.join(folder, 'public/fastbert-web/ort') }], undefined, { 'Access-Control-Allow-Origin': '*' });
  const wasm = page.waitForRequest(`${elsewhere.url}ort-wasm-simd-threaded.wasm`);
  await page.goto(`${site.url}?device=wasm&wasmPaths=${elsewhere.url}`);
  await patient(page.locator('body')).toHaveText(/positive: wasm/);
  await wasm;
  await site.close();
  await elsewhere.close();
});

test('in a browser extension: its pages classify; its service worker says where to', async ({ install }) => {
  const folder = install('extension');
  execFileSync(path.join(folder, 'node_modules/.bin/fastbert-web'), ['copy-assets', '.'], { cwd: folder });
  const context = await chromium.launchPersistentContext('', {
    executablePath: (await findChromium())!,
    args: [...LAUNCH_ARGS, `--disable-extensions-except=${folder}`, `--load-extension=${folder}`],
  });
  try {
    const background = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
    await patient.poll(() => background.evaluate(() => (globalThis as { refusal?: string }).refusal)).toMatch(/^InputError: .*offscreen/);
    const page = await context.newPage();
    await page.goto(new URL('page.html', background.url()).href);
    await patient(page.locator('body')).toHaveText('positive: wasm');
  } finally {
    await context.close();
  }
});

test('in Node: core works, and pipeline() says what to use', ({ install }) => {
  const folder = install('static');
  const script = `
    import { pipeline } from 'fastbert-web';
    import { uncertainty } from 'fastbert-web/core';
    const error = await pipeline('text-classification', '/models/fixture').catch((reason) => reason);
    console.log([uncertainty([0.5, 0.5], 2), error.name, error.message].join(" "));`;
  const said = execFileSync(process.execPath, ['--input-type=module', '--eval', script], { cwd: folder, encoding: 'utf8' });
  expect(said).toMatch(/^1 InputError .*@huggingface\/transformers/);
});

test('it is small beside ONNX Runtime', async () => {
  const { 'main thread': page, 'worker without the tokenizer': worker } = await sizes();
  expect(page.gzip).toBeLessThan(15_000);
  expect(worker.gzip).toBeLessThan(20_000);
});
