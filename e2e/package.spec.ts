/** What npm would publish, built as its users build, and run in a real browser: without ONNX Runtime, and with it. */

import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { build, createServer } from 'vite';
import webpack from 'webpack';
import { findChromium, LAUNCH_ARGS } from '../bench/chromium.mjs';
import { serve, type Interceptor, type Site } from '../bench/serve.js';
import { ORT_VERSION } from '../bin/ort.mjs';
import { sizes } from '../npm/sizes.mjs';
import type { teach as openTeacher } from '../src/index.js';
import { command, expect, installOrt, ortIn, ROOT, test, type App } from './install.js';

const patient = expect.configure({ timeout: 30_000 });
const says = (page: Page, what: string | RegExp) => patient(page.locator('body')).toHaveText(what);

const WITH_ORT = '?device=webgpu&ortPath=/fastbert-web/ort/';
const WHAT_IT_TAKES = `DeviceError: WebGPU needs ONNX Runtime, which this package leaves to you: run "npm install onnxruntime-web@${ORT_VERSION}" and "npx fastbert-web copy-assets public/ --webgpu", and tell pipeline() where the files are served, as in { ortPath: '/fastbert-web/ort/' }.`;

const vite = (folder: string) => ({ root: folder, configFile: false as const, logLevel: 'warn' as const });

async function viteServer(folder: string): Promise<Site> {
  const server = await createServer(vite(folder));
  await server.listen(0);
  return { url: server.resolvedUrls!.local[0]!, close: () => server.close() };
}

async function viteBuild(folder: string): Promise<Site> {
  await build(vite(folder));
  return serve([{ at: '/', folder: path.join(folder, 'dist') }], undefined, {});
}

async function webpackBuild(folder: string): Promise<Site> {
  const output = { path: path.join(folder, 'public') };
  const compiler = webpack({ context: folder, mode: 'production', entry: './main.js', output, performance: false });
  const stats = await new Promise<webpack.Stats>((resolve, reject) => {
    compiler.run((error, result) => (error ? reject(error) : resolve(result!)));
  });
  expect(stats.toJson({ all: false, errors: true, warnings: true })).toMatchObject({ errors: [], warnings: [] });
  cpSync(path.join(folder, 'index.html'), path.join(folder, 'public/index.html'));
  const strict = { 'Content-Security-Policy': "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'" };
  return serve([{ at: '/', folder: path.join(folder, 'public') }], undefined, strict);
}

async function copied(folder: string): Promise<Site> {
  expect(command(folder, 'copy-assets', 'public/')).toMatchObject({ status: 0 });
  cpSync(path.join(folder, 'index.html'), path.join(folder, 'public/index.html'));
  return serve([{ at: '/', folder: path.join(folder, 'public') }], undefined, {});
}

/**
 * Begins every script, the worker's too, as if its browser had many cores and no JSPI. (What Playwright puts
 * in between breaks a worker's imports across origins.)
 */
function pretending(headers: Record<string, string>): Interceptor {
  return (pathname, file, response) => {
    if (!pathname.endsWith('.js') || !existsSync(file)) return false;
    response.writeHead(200, { ...headers, 'Content-Type': 'text/javascript' });
    const browser = "delete WebAssembly.Suspending; Object.defineProperty(navigator, 'hardwareConcurrency', { value: 8 });";
    response.end(`${browser}\n${readFileSync(file, 'utf8')}`);
    return true;
  };
}

const APPS: { what: string; app: App; open: (folder: string) => Promise<Site> }[] = [
  { what: "a Vite app, from Vite's server", app: 'vite', open: viteServer },
  { what: 'a Vite app, built', app: 'vite', open: viteBuild },
  { what: 'a webpack app, under a strict content security policy', app: 'webpack', open: webpackBuild },
  { what: 'a page without a bundler', app: 'static', open: copied },
];

/** Puts the encoder that is taught among an app's models. */
function serveEncoder(folder: string): void {
  const models = path.join(ROOT, 'public/models');
  const here = path.join(folder, 'public/models');
  cpSync(path.join(models, 'general'), path.join(here, 'general'), { recursive: true });
  const shards = readFileSync(path.join(models, 'general/manifest.json'), 'utf8').matchAll(/\.\.\/(shards\/\w+\.\w+)/g);
  for (const [, shard] of shards) cpSync(path.join(models, shard!), path.join(here, shard!));
}

// The apps' folders are shared: those without ONNX Runtime come first.
for (const { what, app, open } of APPS) {
  test(`${what}: without ONNX Runtime WASM answers, and WebGPU says what it takes`, async ({ page, install }) => {
    const site = await open(install(app));
    await page.goto(`${site.url}?device=webgpu`);
    await says(page, WHAT_IT_TAKES);
    for (const query of ['?device=wasm', '?device=auto', '']) {
      await page.goto(site.url + query);
      await says(page, /^positive: wasm, /);
    }
    await site.close();
  });
}

for (const { what, app, open } of APPS) {
  test(`${what}: with ONNX Runtime WebGPU answers`, async ({ page, install }) => {
    const folder = install(app);
    installOrt(folder);
    expect(command(folder, 'copy-assets', 'public/', '--webgpu')).toMatchObject({ status: 0 });
    const site = await open(folder);
    await page.goto(site.url + WITH_ORT);
    await says(page, /^positive: webgpu, /);
    await site.close();
  });
}

for (const { what, app, open } of APPS) {
  test(`${what}: labels are taught, with what the worker fetches for it`, async ({ page, install }) => {
    const folder = install(app);
    serveEncoder(folder);
    const site = await open(folder);
    await page.goto(`${site.url}?device=wasm`);
    await says(page, /^positive: wasm, /);
    const label = await page.evaluate(async () => {
      const { teach } = globalThis as unknown as { teach: typeof openTeacher };
      const teacher = await teach('/models/general', { labels: ['refund', 'praise'] });
      teacher.add(['Where is my refund?', 'Please return the amount to my card.', 'You charged me twice.'], 'refund');
      teacher.add(['Thank you so much!', 'I love these shoes.', 'Best shop in town.'], 'praise');
      await teacher.fit();
      const [best] = await teacher.pipeline({ workers: 1 })('I want my money back');
      return best!.label;
    });
    expect(label).toBe('refund');
    await site.close();
  });
}

test('ONNX Runtime from another host, for an isolated page in a browser without JSPI; a stale copy, or none', async ({ page, install }) => {
  const folder = install('static');
  installOrt(folder);
  expect(command(folder, 'copy-assets', 'public/', '--webgpu')).toMatchObject({ status: 0 });
  cpSync(path.join(folder, 'index.html'), path.join(folder, 'public/index.html'));
  const isolation = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };
  const anyOrigin = { 'Access-Control-Allow-Origin': '*' };
  const site = await serve([{ at: '/', folder: path.join(folder, 'public') }], pretending(isolation), isolation);
  const ort = path.join(folder, 'public/fastbert-web/ort');
  const elsewhere = await serve([{ at: '/', folder: ort }], undefined, anyOrigin);

  const asyncify = page.waitForRequest(`${elsewhere.url}ort-wasm-simd-threaded.asyncify.wasm`);
  await page.goto(`${site.url}?device=webgpu&ortPath=${elsewhere.url}`);
  await says(page, /^positive: webgpu, /);
  await asyncify;

  await page.goto(`${site.url}?device=webgpu&ortPath=/nowhere/`);
  await says(page, /^DeviceError: ONNX Runtime could not be loaded \(.*\)\. Check that .*\/nowhere\/asyncify\.js is served, as JavaScript; "npx/);

  const script = path.join(ort, 'asyncify.js');
  writeFileSync(script, readFileSync(script, 'utf8').replaceAll(ORT_VERSION, '1.2.3'));
  await page.goto(site.url + WITH_ORT);
  await says(page, new RegExp(`^DeviceError: .*/ort/ holds ONNX Runtime 1\\.2\\.3, .* takes ${ORT_VERSION}\\. Run "npm install`));
  await site.close();
  await elsewhere.close();
});

test('the command says what it copied, or what is wrong', ({ install }) => {
  const folder = install('static');
  for (const [args, message] of [
    [[], /There is no command\.\n\nUsage/],
    [['copy'], /There is no command "copy"/],
    [['copy-assets'], /takes one folder, not none/],
    [['copy-assets', 'a', 'b'], /takes one folder, not 2/],
    [['copy-assets', 'pubic/'], /pubic\/ is no folder here/],
    [['copy-assets', 'public/', '--webgl'], /'--webgl'[^]*Usage/],
  ] as const) {
    expect(command(folder, ...args)).toMatchObject({ status: 2, said: expect.stringMatching(message) });
  }

  const assets = ['copy-assets', 'public/', '--webgpu'];
  const wanted = `WebGPU takes version ${ORT_VERSION} of it: npm install onnxruntime-web@${ORT_VERSION}\n`;
  rmSync(ortIn(folder), { force: true });
  expect(command(folder, ...assets)).toEqual({ status: 1, said: `onnxruntime-web is not installed. ${wanted}` });
  mkdirSync(path.join(ortIn(folder), 'dist'), { recursive: true });
  writeFileSync(path.join(ortIn(folder), 'package.json'), '{ "name": "onnxruntime-web", "version": "1.2.3", "main": "dist/ort.js" }');
  writeFileSync(path.join(ortIn(folder), 'dist/ort.js'), '');
  expect(command(folder, ...assets)).toEqual({ status: 1, said: `onnxruntime-web 1.2.3 is installed. ${wanted}` });
  rmSync(ortIn(folder), { recursive: true });
  installOrt(folder);

  // What stands in the way is a file, since a test that runs as root may write wherever there are folders.
  mkdirSync(path.join(folder, 'full'));
  writeFileSync(path.join(folder, 'full/fastbert-web'), '');
  const blocked = /^full\/fastbert-web could not be written \(.+\)\.\n$/;
  expect(command(folder, 'copy-assets', 'full')).toEqual({ status: 1, said: expect.stringMatching(blocked) });

  const { status, said } = command(folder, ...assets);
  expect(status).toBe(0);
  expect(said).toMatch(/16\.76 MB {2}ort\/ort-wasm-simd-threaded\.jspi\.wasm/);
  expect(said).toMatch(/26\.78 MB {2}ort\/ort-wasm-simd-threaded\.asyncify\.wasm/);
  expect(said).toMatch("import { pipeline } from '/fastbert-web/index.js';");
  expect(said).toMatch("{ ortPath: '/fastbert-web/ort/' }");
});

test('in a browser extension: its pages classify; its service worker says where to', async ({ install }) => {
  const folder = install('extension');
  expect(command(folder, 'copy-assets', '.')).toMatchObject({ status: 0 });
  const context = await chromium.launchPersistentContext('', {
    executablePath: (await findChromium())!,
    args: [...LAUNCH_ARGS, `--disable-extensions-except=${folder}`, `--load-extension=${folder}`],
  });
  try {
    const background = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
    await patient.poll(() => background.evaluate(() => (globalThis as { refusal?: string }).refusal)).toMatch(/^InputError: .*offscreen/);
    const page = await context.newPage();
    await page.goto(new URL('page.html', background.url()).href);
    await says(page, 'positive: wasm');
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

test('in TypeScript: a strict app compiles', ({ install }) => {
  const tsc = path.join(ROOT, 'node_modules/.bin/tsc');
  const options = ['--noEmit', '--strict', '--target', 'es2022', '--lib', 'es2024,dom', '--module', 'esnext', '--moduleResolution', 'bundler'];
  execFileSync(tsc, [...options, 'main.ts'], { cwd: install('vite'), stdio: 'inherit' });
});

test('bundlers that look into the worker are told to leave its imports of ONNX Runtime and of teaching alone', ({ install }) => {
  const worker = readFileSync(path.join(install('static'), 'node_modules/fastbert-web/dist-lib/classifier.worker.js'), 'utf8');
  const imports = worker.match(/\bimport\s*\([^)]*\)/g)!;
  expect(imports).toHaveLength(2);
  for (const one of imports) expect(one).toMatch(/^import\(\s*\/\* @vite-ignore \*\/\s*\/\* webpackIgnore: true \*\/\s*\/\* turbopackIgnore: true \*\/\s*[\w.]+\s*\)$/);
});

test('it is small, and ONNX Runtime is not in it', async ({ install }) => {
  const { 'main thread': page, 'worker without the tokenizer': worker } = await sizes();
  expect(page.gzip).toBeLessThan(15_000);
  // It was 39,000 before long texts were read in windows; now it holds 39,850.
  expect(worker.gzip).toBeLessThan(40_000);

  const installed = path.join(install('static'), 'node_modules/fastbert-web');
  const files = readdirSync(installed, { recursive: true, encoding: 'utf8' }).filter((file) => statSync(path.join(installed, file)).isFile());
  expect(files).toContain(path.join('dist-lib', 'classifier.worker.js'));
  expect(files.filter((file) => /ort-wasm|\bort[./\\].*\.js$|\.wasm$/.test(file))).toEqual([]);
  const bytes = files.reduce((sum, file) => sum + statSync(path.join(installed, file)).size, 0);
  expect(bytes).toBeLessThan(1_500_000);
});
