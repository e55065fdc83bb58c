/**
 * Builds what npm publishes, into dist-lib beside the types that `tsc -b` writes there: the entries, the
 * worker in one file, and in another what it fetches to teach. Nothing of it imports a package.
 */

import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'rolldown';
import { entries, out, taught, worker } from './bundles.mjs';

// The last version's, of which a file may have had another name, and what `npm run package` would check along with the new one.
for (const file of readdirSync(out)) if (/\.(tgz|js|js\.map)$/.test(file)) rmSync(path.join(out, file));

await build(entries);
await build(worker);
await build(taught);
