/**
 * Builds what npm publishes, into dist-lib beside the types that `tsc -b` writes there: the entries, the
 * worker in one file, and in another what it fetches to teach. Nothing of it imports a package.
 */

import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'rolldown';
import { entries, out, taught, worker } from './bundles.mjs';

await build(entries);
await build(worker);
await build(taught);

// The last version's, which `npm run package` would check along with the new one.
for (const file of readdirSync(out)) if (file.endsWith('.tgz')) rmSync(path.join(out, file));
