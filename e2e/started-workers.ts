/** The workers that a page starts from here on, which it then finds as `started`. */

import type { Page } from '@playwright/test';

declare global {
  var started: Worker[];
}

export function catchWorkers(page: Page): Promise<void> {
  return page.evaluate(() => {
    globalThis.started = [];
    globalThis.Worker = class extends Worker {
      constructor(...args: ConstructorParameters<typeof Worker>) {
        super(...args);
        started.push(this);
      }
    };
  });
}
