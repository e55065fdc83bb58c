/** The whole page, in the order in which it is read on a narrow screen. */

import { words } from '../words/index.js';
import { BatchStream } from './batch-stream.js';
import { BatchSummary } from './batch-summary.js';
import { DevicePanel } from './device-panel.js';
import { ExitFigures } from './exit-figures.js';
import { InputPanel } from './input-panel.js';
import { LuhaFigure } from './luha-figure.js';
import { MapFigure } from './map-figure.js';
import { MeasurePanel } from './measure-panel.js';
import { LanguageChoice } from './language-choice.js';
import { NamePlate } from './name-plate.js';
import { Notices } from './notices.js';
import { OfflinePanel } from './offline-panel.js';
import type { PageProps } from './page.js';
import { SpeedBar } from './speed-bar.js';
import { SpeedFigure } from './speed-figure.js';
import { StageFigure } from './stage-figure.js';
import { Story, StoryOffer } from './story.js';
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
          <NamePlate {...page} />
          <p>{words.value.claim}</p>
          {choosesTask && <TaskChoice {...page} />}
          {choosesTask && <StoryOffer {...page} />}
        </div>
        <div class="settings">
          <DevicePanel {...page} />
          <LanguageChoice {...page} />
        </div>
      </header>
      <main>
        <Notices {...page} />
        {choosesTask && <Story {...page} />}
        <div class="reading">
          <div class="asking">
            <InputPanel {...page} />
            {many && <BatchSummary {...page} />}
            <VerdictPanel {...page} />
          </div>
          <ExitFigures {...page} narrow={narrow} />
        </div>
        {many && (
          <div class="batch-figures">
            <MapFigure {...page} />
            <BatchStream {...page} />
          </div>
        )}
        <div class="further">
          <SpeedFigure {...page} choosesTask={choosesTask} />
          <LuhaFigure {...page} />
          <div>
            <StageFigure {...page} />
          </div>
          <div>
            <MeasurePanel {...page} />
            {choosesTask && hasServiceWorker && <OfflinePanel {...page} />}
          </div>
        </div>
      </main>
      <footer>
        <p>{words.value.about}</p>
        {choosesTask && <p>{words.value.tasks[page.state.task.value.id].limits}</p>}
      </footer>
      {narrow && <SpeedBar {...page} />}
    </>
  );
}
