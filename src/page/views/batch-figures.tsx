/** Many texts: all at once as a map, and one by one; and, where it is asked for, as dots by what the model makes of them. */

import { words } from '../words/index.js';
import { BatchStream } from './batch-stream.js';
import { later } from './later.js';
import { MapFigure } from './map-figure.js';
import type { PageProps } from './page.js';

const PlacesFigure = later(async () => (await import('./places-figure.js')).PlacesFigure);

export function BatchFigures(page: PageProps) {
  const { run, info, map } = page.state;
  return (
    <div class="batch-figures">
      {run.value && info.value && (
        <div class="as-dots">
          <button type="button" class="quiet" aria-expanded={map.value} onClick={() => page.actions.showMap(!map.value)}>
            {words.value.map.asDots}
          </button>
          {map.value && <PlacesFigure {...page} />}
        </div>
      )}
      <MapFigure {...page} />
      <BatchStream {...page} />
    </div>
  );
}

// Shown with them, and fetched with them.
export { BatchSummary } from './batch-summary.js';
