/** The whole page, in the order in which it is read on a narrow screen. */

import { BatchStream } from './batch-stream.js';
import { BatchSummary } from './batch-summary.js';
import { DevicePanel } from './device-panel.js';
import { ExitFigures } from './exit-figures.js';
import { InputPanel } from './input-panel.js';
import { MeasurePanel } from './measure-panel.js';
import { OfflinePanel } from './offline-panel.js';
import { Notices } from './notices.js';
import type { PageProps } from './page.js';
import { SpeedBar } from './speed-bar.js';
import { SpeedFigure } from './speed-figure.js';
import { StageFigure } from './stage-figure.js';
import { TaskChoice } from './task-choice.js';
import { useNarrow } from './use-narrow.js';
import { VerdictPanel } from './verdict-panel.js';

/** Some browsers have none in private windows, and none has one on an insecure page. */
const hasServiceWorker = import.meta.env.PROD && 'serviceWorker' in navigator;

/** choosesTask: not where the address names a model of its own. */
export function App({ choosesTask, ...page }: PageProps & { choosesTask: boolean }) {
  const narrow = useNarrow();
  const many = page.state.input.value === 'many';
  return (
    <>
      <header class="masthead">
        <div>
          <h1>fastbert-web</h1>
          <p>Text classification that stops thinking when it is sure.</p>
          {choosesTask && <TaskChoice {...page} />}
        </div>
        <DevicePanel {...page} />
      </header>
      <main>
        <Notices {...page} />
        <div class="reading">
          <div class="asking">
            <InputPanel {...page} />
            {many && <BatchSummary {...page} />}
            <VerdictPanel {...page} />
          </div>
          <ExitFigures {...page} narrow={narrow} />
        </div>
        {many && <BatchStream {...page} />}
        <div class="further">
          <SpeedFigure {...page} />
          <div>
            <StageFigure {...page} />
            <MeasurePanel {...page} />
            {choosesTask && hasServiceWorker && <OfflinePanel {...page} />}
          </div>
        </div>
      </main>
      <footer>
        <p>
          The model reads a text one layer at a time, here on your device: what you write is sent
          nowhere. After each layer a small classifier says how unsure it is, as the entropy of its
          answer from 0 to 1. Once that is below the speed that you set, the text leaves and the
          layers above are never run.
        </p>
        {choosesTask && <p>{page.state.task.value.limits}</p>}
      </footer>
      {narrow && <SpeedBar {...page} />}
    </>
  );
}
