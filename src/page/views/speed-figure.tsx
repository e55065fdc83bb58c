/** The speed-accuracy curve with what it says at the speed of now. */

import { atSpeed } from '../../core/index.js';
import { Figure } from '../charts/figure.js';
import { SpeedAccuracy } from '../charts/speed-accuracy.js';
import { percent, rivalName } from '../wording.js';
import type { PageProps } from './page.js';

const TABLE_SPEEDS = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];

export function SpeedFigure({ state, actions }: PageProps) {
  const info = state.info.value;
  const now = state.devPoint.value;
  const rivals = state.rivals.value;
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
          {rivals && (
            <>
              {' '}
              Diamonds are static models: fewer layers, distilled, Theseus, LayerDrop, pruned to ½ or ¼. Each learned
              from the task's {rivals.trainRows.toLocaleString('en')} rows alone and stands at the layers that its
              multiply-adds would pay for; the dotted line is early exit of the same rows.
            </>
          )}
        </>
      }
      numbers={{
        caption: 'Accuracy and depth on the dev set by speed',
        head: ['Speed or model', 'layers', 'right', '95 % interval'],
        rows: () => [
          ...TABLE_SPEEDS.map((speed) => {
            const point = atSpeed(calibration, speed);
            return [
              speed.toFixed(1),
              point.meanDepth.toFixed(2),
              percent(point.accuracy),
              `${percent(point.interval[0])} to ${percent(point.interval[1])}`,
            ];
          }),
          ...(rivals?.models ?? []).map((model) => [
            rivalName(model),
            model.layers.toFixed(2),
            percent(model.accuracy),
            `${percent(model.interval[0])} to ${percent(model.interval[1])}`,
          ]),
          ...(rivals?.early ?? []).map(({ speed, layers: depth, accuracy }) => [
            `same rows, speed ${speed}`,
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
        summary={`Accuracy by mean depth on the dev set. ${words}.`}
        onSlide={actions.slide}
        onSettle={actions.settle}
      />
    </Figure>
  );
}
