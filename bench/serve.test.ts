import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serve, type Site } from './serve.js';

let site: Site;

beforeAll(async () => {
  const page = mkdtempSync(path.join(tmpdir(), 'page-'));
  const models = mkdtempSync(path.join(tmpdir(), 'models-'));
  writeFileSync(path.join(page, 'index.html'), '<title>page</title>');
  writeFileSync(path.join(page, 'ort.wasm'), '\0asm');
  writeFileSync(path.join(models, 'layer.onnx'), 'graph');
  writeFileSync(path.join(models, 'shard.bin'), 'weights');
  mkdirSync(path.join(models, 'shards'));
  writeFileSync(path.join(models, 'shards/0123456789abcdef.bin'), 'weights');
  const mounts = [
    { at: '/models/', folder: models },
    { at: '/', folder: page },
  ];
  site = await serve(mounts, (pathname, file, response) => {
    if (pathname !== '/models/spoilt.bin') return false;
    response.end(path.relative(models, file));
    return true;
  });
});

afterAll(() => site.close());

test.each([
  ['', 'text/html;charset=utf-8', '<title>page</title>'],
  ['ort.wasm', 'application/wasm', '\0asm'],
  ['models/layer.onnx?v=1', 'application/octet-stream', 'graph'],
  ['models/shard.bin', 'application/octet-stream', 'weights'],
])('/%s comes with its type', async (file, type, content) => {
  const reply = await fetch(site.url + file);
  expect(reply.status).toBe(200);
  expect(reply.headers.get('content-type')).toBe(type);
  expect(await reply.text()).toBe(content);
});

test.each(['nothing.js', 'models/index.html', 'models/..%2f..%2fetc/passwd', '%'])(
  '/%s is not there',
  async (file) => {
    expect((await fetch(site.url + file)).status).toBe(404);
  },
);

test('what is named by its content is kept by caches', async () => {
  const reply = await fetch(`${site.url}models/shards/0123456789abcdef.bin`);
  expect(reply.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
});

test('anything else is asked for again, and sent only if it has changed', async () => {
  const { headers } = await fetch(`${site.url}models/shard.bin`);
  expect(headers.get('cache-control')).toBe('no-cache');
  const again = await fetch(`${site.url}models/shard.bin`, { headers: { 'If-None-Match': headers.get('etag')! } });
  expect(again.status).toBe(304);
});

test('an interceptor answers in place of the file', async () => {
  expect(await (await fetch(`${site.url}models/spoilt.bin`)).text()).toBe('spoilt.bin');
});
