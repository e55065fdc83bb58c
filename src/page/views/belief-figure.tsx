/** What each exit believes of the text in view. */

import { beliefRows, ROW, shownClasses } from '../charts/belief-bars.js';
import { Beliefs } from '../charts/beliefs.js';
import { Figure } from '../charts/figure.js';
import { Keys } from '../charts/keys.js';
import { areaOf } from '../charts/plane.js';
import { answer, type Sample } from '../outcome.js';
import { excerpt, exitTicks, labelWords, percent } from '../wording.js';
import { words } from '../words/index.js';
import type { ExitFigureProps } from './page.js';

const MARGIN = { top: 4, bottom: 28 };

export function BeliefFigure({ state, actions, layers, width, sides }: ExitFigureProps) {
  const { run, info, focus, inView, outcomes } = state;
  const labels = run.value?.labels ?? info.value?.labels;
  if (!labels) return null;
  const samples = run.value?.samples ?? [];
  const index = inView.value ?? -1;
  const sample = samples[index];
  const trajectory = sample?.trajectory ?? [];
  const each = info.value?.problemType === 'multi_label_classification';
  const shown = sample ? shownClasses(trajectory, labels.length) : [];
  const rows = beliefRows(labels.length);
  const height = MARGIN.top + rows * ROW + MARGIN.bottom;
  const { beliefs, trajectories } = words.value;
  return (
    <Figure
      class="exit-beliefs"
      title={beliefs.title}
      note={`${each ? beliefs.each : beliefs.few}${rows < labels.length ? beliefs.likeliest(rows) : ''}`}
      numbers={{
        caption: beliefs.table,
        head: [beliefs.head, ...exitTicks(layers)],
        rows: () =>
          shown.map((i) => {
            const cells: string[] = Array(layers + 1).fill('');
            for (const { exit, probabilities } of trajectory) cells[exit] = probabilities[i]!.toFixed(3);
            return [labels[i]!, ...cells];
          }),
      }}
    >
      {samples.length > 1 && <p class="of-text">{sample ? trajectories.quoted(excerpt(sample.text, 120)) : beliefs.point}</p>}
      <Keys label={beliefs.keys} focus={focus.value} samples={samples.length} layers={layers} onFocus={actions.focusOn}>
        <Beliefs
          trajectory={trajectory}
          left={outcomes.value[index]?.belief}
          shown={shown}
          labels={labels}
          each={each}
          layers={layers}
          focusedLayer={focus.value.layer}
          area={areaOf(width, height, { ...sides, ...MARGIN })}
          width={width}
          height={height}
          summary={sample ? beliefs.summary(saidWords(sample, labels)) : beliefs.none}
          onLayer={(layer) => actions.focusOn({ sample: inView.peek(), layer })}
        />
      </Keys>
    </Figure>
  );
}

function saidWords({ trajectory }: Sample, labels: readonly string[]): string {
  const { beliefs, exit: exits } = words.value;
  return trajectory
    .map((belief) => {
      const { classes, score } = answer(belief);
      return beliefs.said(exits.after(belief.exit), labelWords(classes, labels), percent(score, 0));
    })
    .join(', ');
}
