/** Many texts: all at once as a map, and one by one. */

import { BatchStream } from './batch-stream.js';
import { MapFigure } from './map-figure.js';
import type { PageProps } from './page.js';

export function BatchFigures(page: PageProps) {
  return (
    <div class="batch-figures">
      <MapFigure {...page} />
      <BatchStream {...page} />
    </div>
  );
}

// Shown with them, and fetched with them.
export { BatchSummary } from './batch-summary.js';
