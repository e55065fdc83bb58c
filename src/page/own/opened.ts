/**
 * A model package out of a .zip or a folder, as one that the browser keeps: its files go where those of downloaded
 * packages lie, by their hash, and its manifest under an address that the server has nothing at.
 */

import { parseManifest, partsOf, type Manifest } from '../../core/index.js';
import { STORE, storeKey } from '../../core/store.js';
import type { GivenFile } from './given-files.js';
import { ownWords } from './words.js';

/** Beside the packages that ship, so that `../shards/` names those of this server. */
const FOLDER = 'models/opened/';

export interface FoundPackage {
  manifest: Manifest;
  manifestFile: ArrayBuffer;
  /** Its files that are there, by their SHA-256. What is missing may lie on the server. */
  files: Map<string, ArrayBuffer>;
}

/** Where one lies that was opened, and what it is called. */
export interface Placed {
  folder: string;
  name: string;
}

/** What is none, or has a file that is not the one that its manifest names; or cannot be laid down. */
export class NoPackage extends Error {
  override name = 'NoPackage';
}

/**
 * The package among files: the one whose manifest lies least deep.
 *
 * @throws NoPackage; PackageError where its manifest does not say what it must
 */
export async function packageIn(files: readonly GivenFile[]): Promise<FoundPackage> {
  const depth = ({ path }: GivenFile): number => path.split('/').length;
  const [first] = files.filter(({ path }) => /(^|\/)manifest\.json$/.test(path)).toSorted((a, b) => depth(a) - depth(b));
  if (!first) throw new NoPackage(ownWords.peek().noPackage('manifest.json'));
  const manifest = manifestIn(first);
  const byPath = new Map(files.map(({ path, data }) => [path, data]));
  const found = new Map<string, ArrayBuffer>();
  for (const { file, sha256 } of partsOf(manifest)) {
    const path = resolved(first.path, file);
    const data = byPath.get(path);
    if (!data) continue;
    if ((await hashOf(data)) !== sha256) throw new NoPackage(ownWords.peek().noPackage(path));
    found.set(sha256, data);
  }
  return { manifest, manifestFile: first.data, files: found };
}

function manifestIn({ path, data }: GivenFile): Manifest {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(data));
  } catch {
    throw new NoPackage(ownWords.peek().noPackage(path));
  }
  // Web apps and extensions have one as well, that says something else.
  if (!('format' in Object(json))) throw new NoPackage(ownWords.peek().noPackage(path));
  return parseManifest(json);
}

/**
 * Lays it where `pipeline()` finds it.
 *
 * @throws NoPackage where the browser may keep nothing, or has no room
 */
export async function place({ manifest, manifestFile, files }: FoundPackage): Promise<Placed> {
  const folder = folderHere();
  try {
    const cache = await caches.open(STORE);
    for (const [sha256, data] of files) await cache.put(storeKey(sha256), new Response(data));
    await cache.put(`${folder}manifest.json`, new Response(manifestFile));
  } catch {
    throw new NoPackage(ownWords.peek().notPlaced);
  }
  return { folder, name: manifest.name };
}

/** What was laid there and not taken away again, in an earlier visit too. */
export async function placed(): Promise<Placed | undefined> {
  const folder = folderHere();
  const found = await (await caches.open(STORE)).match(`${folder}manifest.json`);
  return found && { folder, name: parseManifest(await found.json()).name };
}

function folderHere(): string {
  return new URL(FOLDER, document.baseURI).href;
}

/** A path beside another, as a browser resolves it. */
function resolved(beside: string, file: string): string {
  return decodeURIComponent(new URL(file, `https://x.invalid/${beside.split('/').map(encodeURIComponent).join('/')}`).pathname.slice(1));
}

async function hashOf(data: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', data));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
