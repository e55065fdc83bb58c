/** How a command ends: what its user can put right is one message, anything else comes with its stack. */

import { BrowserError } from './harness-page.js';
import { UsageError } from './usage-error.js';

export async function command(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    const usage = error instanceof UsageError || isOfParseArgs(error);
    console.error(usage || error instanceof BrowserError ? (error as Error).message : error);
    process.exitCode = usage ? 2 : 1;
  }
}

/** What node:util's parseArgs throws has no class of its own. */
function isOfParseArgs(error: unknown): boolean {
  return String((error as { code?: unknown }).code).startsWith('ERR_PARSE_ARGS_');
}
