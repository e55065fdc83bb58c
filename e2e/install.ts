/** Apps with the package installed as npm would publish it: from the tarball of `npm run package`, without a network. */

import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test as base } from '@playwright/test';

export const ROOT = path.dirname(import.meta.dirname);
const { version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { version: string };
const TARBALL = path.join(ROOT, `dist-lib/fastbert-web-${version}.tgz`);

export type App = 'vite' | 'webpack' | 'static' | 'extension';

/** A copy of an app, with the tiny model to serve. */
function copyOf(app: App): string {
  const folder = mkdtempSync(path.join(tmpdir(), `fastbert-web-${app}-`));
  cpSync(path.join(ROOT, 'e2e/apps', app), folder, { recursive: true });
  cpSync(path.join(ROOT, 'e2e/models'), path.join(folder, 'public/models'), { recursive: true });
  installIn(folder);
  return folder;
}

/** As a user's `npm install fastbert-web` there. */
export function installIn(folder: string): void {
  if (!existsSync(TARBALL)) throw new Error(`${TARBALL} is missing; run npm run -s package first.`);
  // Under `npm test` npm names this repository, and much else of its own, in the environment.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)));
  const options = ['--prefix', folder, '--offline', '--no-audit', '--no-fund', '--loglevel=error'];
  execFileSync('npm', ['install', ...options, TARBALL], { cwd: folder, env });
}

/** Where an app has `onnxruntime-web`; without a network it is this repository's. */
export const ortIn = (folder: string): string => path.join(folder, 'node_modules/onnxruntime-web');

export function installOrt(folder: string): void {
  if (!existsSync(ortIn(folder))) symlinkSync(path.join(ROOT, 'node_modules/onnxruntime-web'), ortIn(folder), 'junction');
}

/** Runs `npx fastbert-web` in an app. */
export function command(folder: string, ...args: string[]): { status: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(path.join(folder, 'node_modules/.bin/fastbert-web'), args, { cwd: folder, encoding: 'utf8' });
  return { status, said: stdout + stderr };
}

/** `install(app)` is the app's folder, outside the repository; tests share them. */
export const test = base.extend<object, { install: (app: App) => string }>({
  install: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures off the pattern
    async ({}, use) => {
      const folders = new Map<App, string>();
      await use((app) => {
        const folder = folders.get(app) ?? copyOf(app);
        folders.set(app, folder);
        return folder;
      });
      for (const folder of folders.values()) rmSync(folder, { recursive: true });
    },
    { scope: 'worker' },
  ],
});

export { expect } from '@playwright/test';
