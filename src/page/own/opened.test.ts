import { expect, test } from 'vitest';
import { partsOf, type Manifest } from '../../core/index.js';
import { packageIn } from './opened.js';

const [fixture] = Object.values(import.meta.glob<Manifest>('../../../e2e/models/fixture/manifest.json', { eager: true, import: 'default' }));

const hashOf = async (data: ArrayBuffer): Promise<string> =>
  Array.from(new Uint8Array(await crypto.subtle.digest('SHA-256', data)), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** A package as it lies in a folder or a .zip; each of its files holds its name. */
async function whole(folder: string) {
  const manifest = structuredClone(fixture!);
  const parts = [];
  for (const part of partsOf(manifest)) {
    const data = new TextEncoder().encode(part.file).buffer;
    Object.assign(part, { sha256: await hashOf(data) });
    parts.push({ path: new URL(part.file, `https://x.invalid/${folder}/fixture/`).pathname.slice(1), data });
  }
  return [{ path: `${folder}/fixture/manifest.json`, data: new TextEncoder().encode(JSON.stringify(manifest)).buffer }, ...parts];
}

test('a package is found among other files, with all that its manifest names', async () => {
  const { manifest: found, files } = await packageIn([{ path: 'index.html', data: new ArrayBuffer(1) }, ...(await whole('home/models'))]);
  expect(found.name).toBe(fixture!.name);
  expect([...files.keys()].toSorted()).toEqual([...new Set(partsOf(found).map(({ sha256 }) => sha256))].toSorted());
  for (const [hash, data] of files) expect(await hashOf(data)).toBe(hash);
});

test('what lies beside it no more may lie on the server: it is left to be fetched', async () => {
  const { files } = await packageIn((await whole('models')).filter(({ path }) => !path.includes('shards')));
  expect(files.size).toBeGreaterThan(0);
  expect(files.size).toBeLessThan(partsOf(fixture!).length);
});

test('what is no package, or not the one that its manifest names, is told by its file', async () => {
  await expect(packageIn([{ path: 'a/texts.tsv', data: new ArrayBuffer(1) }])).rejects.toMatchObject({ name: 'NoPackage', message: expect.stringContaining('package: manifest.json is') });
  await expect(packageIn([{ path: 'a/manifest.json', data: new ArrayBuffer(1) }])).rejects.toMatchObject({ name: 'NoPackage', message: expect.stringContaining('a/manifest.json') });
  const altered = (await whole('models')).map((file) => (file.path.endsWith('tokenizer.json') ? { ...file, data: new ArrayBuffer(3) } : file));
  await expect(packageIn(altered)).rejects.toMatchObject({ name: 'NoPackage', message: expect.stringContaining('models/fixture/tokenizer.json') });
  const app = { path: 'manifest.json', data: new TextEncoder().encode('{"name":"an app","icons":[]}').buffer };
  await expect(packageIn([app])).rejects.toMatchObject({ name: 'NoPackage' });
  const old = { path: 'manifest.json', data: new TextEncoder().encode('{"format":"fastbert-web/1"}').buffer };
  await expect(packageIn([old])).rejects.toMatchObject({ name: 'PackageError' });
});
