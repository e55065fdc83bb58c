/** The whole page, in the order in which it is read on a narrow screen. */

import { own } from '../tasks/index.js';
import { words } from '../words/index.js';
import { DevicePanel } from './device-panel.js';
import { ExitFigures } from './exit-figures.js';
import { InputPanel } from './input-panel.js';
import { LanguageChoice } from './language-choice.js';
import { later } from './later.js';
import { NamePlate } from './name-plate.js';
import { Notices } from './notices.js';
import type { PageProps } from './page.js';
import { SpeedBar } from './speed-bar.js';
import { StoryOffer } from './story-offer.js';
import { TaskChoice } from './task-choice.js';
import { useNarrow } from './use-narrow.js';
import { VerdictPanel } from './verdict-panel.js';

const BatchSummary = later(async () => (await import('./batch-figures.js')).BatchSummary);
const BatchFigures = later(async () => (await import('./batch-figures.js')).BatchFigures);
const Story = later(async () => (await import('./story.js')).Story);
const Why = later(async () => (await import('./why.js')).Why);
const Further = later(async () => (await import('./further.js')).Further);
const OwnLabels = later(async () => (await import('./own-labels.js')).OwnLabels);

/** choosesTask: not where the address names a model of its own. */
export function App({ choosesTask, ...page }: PageProps & { choosesTask: boolean }) {
  const narrow = useNarrow();
  const many = page.state.input.value === 'many';
  const { status } = page.state.loading.value;
  const why = page.state.why.value;
  const isOwn = page.state.task.value === own;
  return (
    <>
      <header class="masthead">
        <div>
          <NamePlate {...page} />
          <p>{words.value.claim}</p>
          {choosesTask && <TaskChoice {...page} />}
          {choosesTask && <StoryOffer {...page} />}
          {choosesTask && !isOwn && (
            <button type="button" class="quiet" onClick={() => void page.actions.chooseTask(own)}>
              {words.value.teach}
            </button>
          )}
        </div>
        <div class="settings">
          <DevicePanel {...page} />
          <LanguageChoice {...page} />
        </div>
      </header>
      <main>
        <Notices {...page} />
        {choosesTask && page.state.step.value !== undefined && <Story {...page} />}
        {isOwn && <OwnLabels {...page} />}
        <div class="reading">
          <div class="asking">
            <InputPanel {...page} />
            {many && <BatchSummary {...page} />}
            <VerdictPanel {...page} />
            {status === 'ready' && (
              <button type="button" class="quiet" aria-expanded={why !== undefined} onClick={() => page.actions.askWhy(why ? undefined : 'answer')}>
                {words.value.why}
              </button>
            )}
            {status === 'ready' && why && <Why {...page} />}
          </div>
          <ExitFigures {...page} narrow={narrow} />
        </div>
        {many && <BatchFigures {...page} />}
        {(status === 'ready' || status === 'failed') && <Further {...page} choosesTask={choosesTask} />}
      </main>
      <footer>
        <p>{words.value.about}</p>
        {choosesTask && <p>{words.value.tasks[page.state.task.value.id].limits}</p>}
      </footer>
      {narrow && <SpeedBar {...page} />}
    </>
  );
}
