/** Trajectories with the speed slider on their axis. */

import { Figure } from '../charts/figure.js';
import { Keys } from '../charts/keys.js';
import { areaOf } from '../charts/plane.js';
import { Trajectories } from '../charts/trajectories.js';
import { excerpt, exitTicks, gainInWords } from '../wording.js';
import { devWords, words } from '../words/index.js';
import type { ExitFigureProps } from './page.js';
import { SpeedNumber, SpeedSlider } from './speed-slider.js';
import { focusWords, trajectoriesSummary, withoutWord } from './trajectory-words.js';

/** Of the slider's thumb, in pixels; the stylesheet says the same. */
const THUMB = 22;
const HEIGHT = 300;
const MOST_TABLE_ROWS = 1000;

export function TrajectoryFigure(props: ExitFigureProps & { narrow: boolean }) {
  const { state, actions, layers, width, sides, narrow } = props;
  const { run, speed, speedups, devPoint, focus, replayed, outcomes } = state;
  const samples = run.value?.samples ?? [];
  const { trajectories: said, exit: exitWords } = devWords.value;
  const exits = Array.from({ length: layers + 1 }, (_, exit) => exit);
  const area = areaOf(width, HEIGHT, { ...sides, top: 16, bottom: 30 });
  return (
    <Figure
      class="trajectories"
      title={said.title}
      note={
        <>
          {said.note}
          {run.value?.recordedOn && <span class="tag">{words.value.recorded.tag}</span>}
          {replayed.value && <span class="tag">{said.replayedFrom(run.value!.speed.toFixed(2))}</span>}
        </>
      }
      numbers={{
        caption: said.table,
        head: [said.text, ...exitTicks(layers), said.leftAt],
        rows: () =>
          samples.slice(0, MOST_TABLE_ROWS).map(({ text, trajectory }, i) => {
            const belief = outcomes.value[i]?.belief;
            const at = new Map(trajectory.map(({ exit, uncertainty }) => [exit, uncertainty]));
            return [
              excerpt(text),
              ...exits.map((exit) => at.get(exit)?.toFixed(3) ?? ''),
              belief ? exitWords.name(belief.exit) : '',
            ];
          }),
      }}
    >
      <Keys label={said.keys} focus={focus.value} samples={samples.length} layers={layers} onFocus={actions.focusOn}>
        <Trajectories
          samples={samples}
          outcomes={outcomes.value}
          layers={layers}
          speed={speed.value}
          speedups={speedups.value}
          gain={devPoint.value && gainInWords(devPoint.value)}
          focus={focus.value}
          area={area}
          width={width}
          height={HEIGHT}
          summary={trajectoriesSummary(state, layers)}
          without={withoutWord(state)}
          onFocus={actions.focusOn}
          onSlide={actions.slide}
          onSettle={actions.settle}
        >
          {!narrow && (
            <SpeedSlider
              state={state}
              actions={actions}
              layout="axis"
              style={{
                left: `${area.left - THUMB / 2}px`,
                top: `${area.top - THUMB / 2}px`,
                height: `${area.bottom - area.top + THUMB}px`,
              }}
            />
          )}
        </Trajectories>
      </Keys>
      <div class="under-plot">
        <p class="focus-words" role="status" aria-label={said.inFocus}>
          {focusWords(state, layers)}
        </p>
        {!narrow && <SpeedNumber state={state} actions={actions} />}
      </div>
    </Figure>
  );
}
