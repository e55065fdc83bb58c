/** Where do texts leave? Counts under the trajectories, on their x scale, with the mean depth. */

import type { Tally } from '../outcome.js';
import { words } from '../words/index.js';
import { exitColumns } from './exit-bars.js';
import { depthX, exitAt, fitsColumn, type Area } from './plane.js';
import { usePointing } from './use-pointing.js';

interface ExitHistogramProps {
  tally: Tally;
  layers: number;
  focusedLayer: number | undefined;
  area: Area;
  width: number;
  height: number;
  summary: string;
  onLayer(layer: number | undefined): void;
}

export function ExitHistogram(props: ExitHistogramProps) {
  const { tally, layers, focusedLayer, area, width, height, summary, onLayer } = props;
  const meanX = depthX(tally.meanDepth, area, layers);
  const pointing = usePointing(({ x }) => onLayer(exitAt(x, area, layers)), () => onLayer(undefined));
  const widest = Math.max(...tally.exits.map(({ right, wrong, unlabelled }) => words.value.number(right + wrong + unlabelled).length));
  const toTheLeft = meanX > (area.left + area.right) / 2;
  return (
    <svg
      class="histogram"
      width={width}
      height={height}
      role="img"
      aria-label={summary}
      {...pointing}
    >
      <defs>
        {/* Slanted strokes, so that wrong differs from right without its colour. */}
        <pattern id="wrong-hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <line x1="0" x2="0" y1="0" y2="5" />
        </pattern>
      </defs>
      <line class="grid" x1={area.left} x2={area.right} y1={area.bottom} y2={area.bottom} />
      {exitColumns(tally.exits, area).map(({ exit, total, x, top, bars }) => (
        <g key={exit} class={focusedLayer === exit ? 'focused' : undefined}>
          {bars.map(({ kind, ...box }) => (
            <rect key={kind} class={`bar ${kind}`} fill={kind === 'wrong' ? 'url(#wrong-hatch)' : undefined} {...box} />
          ))}
          {/* Where columns are narrow, the number of the one in focus; all are in the table below. */}
          {(focusedLayer === exit || fitsColumn(widest, area, layers)) && (
            <text x={x} y={top - 5} text-anchor="middle" class={total === 0 ? 'none' : undefined}>
              {words.value.number(total)}
            </text>
          )}
        </g>
      ))}
      {tally.n > 0 && (
        <g class="mean">
          <path d={`M${meanX},${area.bottom + 3}l5,8h-10z`} />
          <text
            x={meanX + (toTheLeft ? -10 : 10)}
            y={area.bottom + 14}
            text-anchor={toTheLeft ? 'end' : 'start'}
          >
            {words.value.histogram.mean(tally.meanDepth.toFixed(2), layers)}
          </text>
        </g>
      )}
    </svg>
  );
}
