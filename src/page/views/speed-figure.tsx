/** The speed-accuracy curve with what it says at the speed of now. */

import { atSpeed } from '../../core/index.js';
import { Figure } from '../charts/figure.js';
import { SpeedAccuracy } from '../charts/speed-accuracy.js';
import { percent } from '../wording.js';
import type { PageProps } from './page.js';

const TABLE_SPEEDS = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];

export function SpeedFigure({ state, actions }: PageProps) {
  const info = state.info.value;
  const now = state.devPoint.value;
  if (!info || !now) return null;
  const { calibration, layers } = info;
  const [low, high] = now.interval;
  const words =
    `At speed ${now.speed.toFixed(2)}: ${percent(now.accuracy)} right ` +
    `with ${now.meanDepth.toFixed(2)} of ${layers} layers`;
  return (
    <Figure
      class="speed-accuracy"
      title="What speed buys"
      note={
        <>
          {words}. On the dev set, n = {calibration.n}; the band is the 95 % interval (now {percent(low)} to{' '}
          {percent(high)}), the dashed line all {layers} layers.
        </>
      }
      numbers={{
        caption: 'Accuracy and depth on the dev set by speed',
        head: ['Speed', 'layers', 'right', '95 % interval'],
        rows: () =>
          TABLE_SPEEDS.map((speed) => {
            const point = atSpeed(calibration, speed);
            return [
              speed.toFixed(1),
              point.meanDepth.toFixed(2),
              percent(point.accuracy),
              `${percent(point.interval[0])} to ${percent(point.interval[1])}`,
            ];
          }),
      }}
    >
      <SpeedAccuracy
        calibration={calibration}
        now={now}
        layers={layers}
        summary={`Accuracy by mean depth on the dev set. ${words}.`}
        onSlide={actions.slide}
        onSettle={actions.settle}
      />
    </Figure>
  );
}
