/** What the model is worth, and what it costs here: the figures under those of the texts. */

import { LuhaFigure } from './luha-figure.js';
import { MeasurePanel } from './measure-panel.js';
import { OfflinePanel } from './offline-panel.js';
import type { PageProps } from './page.js';
import { SpeedFigure } from './speed-figure.js';
import { StageFigure } from './stage-figure.js';
import { WhileSeen } from './while-seen.js';

/** Some browsers have none in private windows, and none has one on an insecure page. */
const hasServiceWorker = import.meta.env.PROD && 'serviceWorker' in navigator;

export function Further({ choosesTask, ...page }: PageProps & { choosesTask: boolean }) {
  return (
    <div class="further">
      <WhileSeen {...page}>{(seen) => <SpeedFigure {...seen} choosesTask={choosesTask} />}</WhileSeen>
      <WhileSeen {...page}>{(seen) => <LuhaFigure {...seen} />}</WhileSeen>
      <div>
        <StageFigure {...page} />
      </div>
      <div>
        <MeasurePanel {...page} />
        {choosesTask && hasServiceWorker && <OfflinePanel {...page} />}
      </div>
    </div>
  );
}

// Fetched with them: it is shown of texts that were read, as they are.
export { Measured } from './measured.js';
