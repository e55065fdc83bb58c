import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import type { Manifest } from '../src/core/index.js';

/**
 * Keeps a layer on its way, so that texts which need it wait however fast the machine is.
 *
 * @param folder of the model, from the repository's root
 * @param layer from 1
 * @returns lets it come
 */
export async function holdLayer(page: Page, folder: string, layer: number): Promise<() => void> {
  const { layers } = JSON.parse(readFileSync(path.join(folder, 'manifest.json'), 'utf8')) as Manifest;
  let release!: () => void;
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route(`**/${path.basename(layers[layer - 1]!.file)}`, async (route) => {
    await released;
    await route.continue();
  });
  return release;
}
