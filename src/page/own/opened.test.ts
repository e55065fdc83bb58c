import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { partsOf, type Manifest } from '../../core/index.js';
import { packageIn } from './opened.js';

const FIXTURE = new URL('../../../e2e/models/fixture/', import.meta.url);
const bytes = (file: string): ArrayBuffer => new Uint8Array(readFileSync(new URL(file, FIXTURE))).buffer;
const manifest = JSON.parse(readFileSync(new URL('manifest.json', FIXTURE), 'utf8')) as Manifest;

/** The package as it lies in a folder, or in a .zip. */
const whole = (folder: string) =>
  ['manifest.json', ...partsOf(manifest).map(({ file }) => file)].map((file) => ({
    path: new URL(file, `https://x.invalid/${folder}/fixture/`).pathname.slice(1),
    data: bytes(file),
  }));

test('a package is found among other files, with all that its manifest names', async () => {
  const { manifest: found, files } = await packageIn([{ path: 'index.html', data: new ArrayBuffer(1) }, ...whole('home/models')]);
  expect(found.name).toBe(manifest.name);
  expect([...files.keys()].toSorted()).toEqual([...new Set(partsOf(manifest).map(({ sha256 }) => sha256))].toSorted());
  for (const [hash, data] of files) expect(createHash('sha256').update(new Uint8Array(data)).digest('hex')).toBe(hash);
});

test('what lies beside it no more may lie on the server: it is left to be fetched', async () => {
  const { files } = await packageIn(whole('models').filter(({ path }) => !path.includes('shards')));
  expect(files.size).toBeGreaterThan(0);
  expect(files.size).toBeLessThan(partsOf(manifest).length);
});

test('what is no package, or not the one that its manifest names, is told by its file', async () => {
  await expect(packageIn([{ path: 'a/texts.tsv', data: new ArrayBuffer(1) }])).rejects.toMatchObject({ name: 'NoPackage', message: 'manifest.json' });
  await expect(packageIn([{ path: 'a/manifest.json', data: new ArrayBuffer(1) }])).rejects.toMatchObject({ name: 'NoPackage', message: 'a/manifest.json' });
  const altered = whole('models').map((file) => (file.path.endsWith('tokenizer.json') ? { ...file, data: new ArrayBuffer(3) } : file));
  await expect(packageIn(altered)).rejects.toMatchObject({ name: 'NoPackage', message: 'models/fixture/tokenizer.json' });
  const old = { path: 'manifest.json', data: new TextEncoder().encode('{"format":"fastbert-web/1"}').buffer };
  await expect(packageIn([old])).rejects.toMatchObject({ name: 'PackageError' });
});
