import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import type { Manifest } from '../src/core/index.js';

/** Has a test model say that it reads longer texts than so many tokens in so many windows. */
export async function inWindows(page: Page, model: string, limits: Required<Pick<Manifest, 'max_tokens' | 'windows'>>): Promise<void> {
  const manifest = JSON.parse(readFileSync(`e2e/models/${model}/manifest.json`, 'utf8')) as Manifest;
  await page.route(`**/test-models/${model}/manifest.json`, (route) => route.fulfill({ json: { ...manifest, ...limits } }));
}
