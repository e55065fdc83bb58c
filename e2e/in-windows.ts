import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import type { Manifest } from '../src/core/index.js';
import { FIXTURE } from './fixtures.js';

/** Has the tiny model say, at an address of its, that it reads longer texts than so many tokens in so many windows. */
export async function inWindows(page: Page, limits: Required<Pick<Manifest, 'max_tokens' | 'windows'>>, at = FIXTURE): Promise<void> {
  const manifest = JSON.parse(readFileSync('e2e/models/fixture/manifest.json', 'utf8')) as Manifest;
  await page.route(`**${at}manifest.json`, (route) => route.fulfill({ json: { ...manifest, ...limits } }));
}
