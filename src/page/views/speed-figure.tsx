/** The speed-accuracy curve with what it says at the speed of now. */

import { atSpeed } from '../../core/index.js';
import { Figure } from '../charts/figure.js';
import { SpeedAccuracy } from '../charts/speed-accuracy.js';
import { percent, rivalName } from '../wording.js';
import { words } from '../words/index.js';
import type { PageProps } from './page.js';

const TABLE_SPEEDS = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];

export function SpeedFigure({ state, actions }: PageProps) {
  const info = state.info.value;
  const now = state.devPoint.value;
  const rivals = state.rivals.value;
  if (!info || !now) return null;
  const { calibration, layers } = info;
  const [low, high] = now.interval;
  const { curve: said, range } = words.value;
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
          ...(rivals?.early ?? []).map(({ speed, layers: depth, accuracy }) => [
            said.sameRows(speed),
            depth.toFixed(2),
            percent(accuracy),
            '',
          ]),
        ],
      }}
    >
      <SpeedAccuracy
        calibration={calibration}
        now={now}
        layers={layers}
        rivals={rivals}
        summary={said.summary(nowWords)}
        onSlide={actions.slide}
        onSettle={actions.settle}
      />
    </Figure>
  );
}
