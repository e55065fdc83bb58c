/** How a command ends: what its user can put right is one message, anything else comes with its stack. */

import { BrowserError } from './harness-page.js';
import { UsageError } from './usage-error.js';

export async function command(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    const expected = error instanceof UsageError || error instanceof BrowserError;
    console.error(expected ? error.message : error);
    process.exitCode = error instanceof UsageError ? 2 : 1;
  }
}
