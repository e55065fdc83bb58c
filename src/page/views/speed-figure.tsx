/** The speed-accuracy curve with what it says at the speed of now. */

import { atSpeed } from '../../core/index.js';
import { Figure } from '../charts/figure.js';
import { SpeedAccuracy } from '../charts/speed-accuracy.js';
import { taskOf, tasks } from '../tasks/index.js';
import { percent, rivalName } from '../wording.js';
import { devWords } from '../words/index.js';
import type { PageProps } from './page.js';

const TABLE_SPEEDS = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];

/** choosesTask: whether there are other tasks to compare with. */
export function SpeedFigure({ state, actions, choosesTask }: PageProps & { choosesTask: boolean }) {
  const info = state.info.value;
  const now = state.devPoint.value;
  const rivals = state.rivals.value;
  const beside = state.beside.value;
  if (!info || !now) return null;
  const { calibration, layers } = info;
  const [low, high] = now.interval;
  const { curve: said, range, speed: speedWords, tasks: taskWords } = devWords.value;
  const nowWords = said.now(now.speed.toFixed(2), percent(now.accuracy), now.meanDepth.toFixed(2), layers);
  return (
    <Figure
      class="speed-accuracy"
      title={said.title}
      note={
        <>
          {said.note(nowWords, calibration.n, percent(low), percent(high), layers)}
          {rivals && said.rivals(rivals.trainRows)}
        </>
      }
      numbers={{
        caption: said.table,
        head: said.head,
        rows: () => [
          ...TABLE_SPEEDS.map((speed) => {
            const point = atSpeed(calibration, speed);
            return [
              speed.toFixed(1),
              point.meanDepth.toFixed(2),
              percent(point.accuracy),
              range(percent(point.interval[0]), percent(point.interval[1])),
            ];
          }),
          ...(rivals?.models ?? []).map((model) => [
            rivalName(model),
            model.layers.toFixed(2),
            percent(model.accuracy),
            range(percent(model.interval[0]), percent(model.interval[1])),
          ]),
          ...(beside ? TABLE_SPEEDS : []).map((speed) => {
            const { meanDepth, accuracy, interval } = atSpeed(beside!.calibration, speed);
            const name = said.ofTask(taskWords[beside!.task.id].name, speedWords.is(speed.toFixed(1)));
            return [name, meanDepth.toFixed(2), percent(accuracy), range(percent(interval[0]), percent(interval[1]))];
          }),
          ...(rivals?.early ?? []).map(({ speed, layers: depth, accuracy }) => [
            said.sameRows(speed),
            depth.toFixed(2),
            percent(accuracy),
            '',
          ]),
        ],
      }}
    >
      {choosesTask && (
        <label class="beside-choice">
          <span>{said.beside}</span>
          <select value={beside?.task.id ?? ''} onChange={({ currentTarget: { value } }) => void actions.compareTasks(taskOf(value))}>
            <option value="">{said.nothing}</option>
            {tasks.map((task) => task !== state.task.value && (
              <option key={task.id} value={task.id}>
                {taskWords[task.id].name}
              </option>
            ))}
          </select>
        </label>
      )}
      <SpeedAccuracy
        calibration={calibration}
        now={now}
        layers={layers}
        rivals={rivals}
        beside={beside && { name: taskWords[beside.task.id].name, calibration: beside.calibration }}
        summary={said.summary(nowWords)}
        onSlide={actions.slide}
        onSettle={actions.settle}
      />
    </Figure>
  );
}
