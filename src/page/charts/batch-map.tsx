/** All texts at once: their cells on a canvas, and over it axes, the line along which they leave, and the one in focus. */

import { useCallback } from 'preact/hooks';
import type { Outcome, Sample } from '../outcome.js';
import type { Focus } from '../state.js';
import { words } from '../words/index.js';
import { apart } from './apart.js';
import { cellOpacity, cellX, exitLine, mapCells, placeAt, placeY, strips, type DepthGroup } from './batch-strips.js';
import { Canvas } from './canvas.js';
import { ExitTicks } from './exit-ticks.js';
import { exitAt, type Area } from './plane.js';
import { usePointing } from './use-pointing.js';

interface BatchMapProps {
  samples: readonly Sample[];
  outcomes: readonly Outcome[];
  /** Numbers of the samples from top to bottom, and the texts of each exit in it. */
  order: readonly number[];
  groups: readonly DepthGroup[];
  layers: number;
  focus: Focus;
  area: Area;
  width: number;
  height: number;
  summary: string;
  onFocus(focus: Focus): void;
}

/** Thicker strips have a pixel between them. */
const SOLID = 3;

export function BatchMap(props: BatchMapProps) {
  const { samples, outcomes, order, groups, layers, focus, area, width, height, summary, onFocus } = props;
  const n = order.length;
  const { left, right, top, bottom } = area;
  const paint = useCallback(
    (context: CanvasRenderingContext2D) => {
      const columns = { left, right, top, bottom };
      for (const cell of mapCells(samples, outcomes, order, strips(order.length, top), layers)) {
        const { x, width: wide } = cellX(cell.exit, columns, layers);
        context.globalAlpha = cellOpacity(cell);
        context.fillRect(x, cell.y, wide, cell.height > SOLID ? cell.height - 1 : cell.height);
      }
    },
    [samples, outcomes, order, layers, left, right, top, bottom],
  );
  const counts = groups.map(({ from, to }) => ({ name: words.value.number(to - from), x: 0, y: placeY((from + to) / 2, n, area) }));
  const pointing = usePointing(
    (at) => onFocus({ sample: order[placeAt(at.y, n, area)], layer: exitAt(at.x, area, layers) }),
    () => onFocus({}),
  );
  const place = focus.sample === undefined ? -1 : order.indexOf(focus.sample);
  return (
    <div class="plot" style={{ height: `${height}px` }}>
      <Canvas class="heat" width={width} height={height} paint={paint} />
      <svg
        width={width}
        height={height}
        role="img"
        aria-label={summary}
        {...pointing}
      >
        <g class="axes">
          <text x={area.left - 8} y={area.top - 10} text-anchor="end">
            {words.value.map.texts}
          </text>
          {apart(counts).map(({ name, y }) => (
            <text key={y} x={area.left - 8} y={y + 4} text-anchor="end">
              {name}
            </text>
          ))}
          <ExitTicks layers={layers} focusedLayer={focus.layer} area={area} y={area.top - 10} />
        </g>
        <path class="exit-line" d={exitLine(groups, n, area, layers)} />
        {place >= 0 && <Row place={place} n={n} layer={focus.layer} layers={layers} area={area} />}
      </svg>
    </div>
  );
}

interface RowProps {
  place: number;
  n: number;
  layer: number | undefined;
  layers: number;
  area: Area;
}

/** The strip in focus; thin ones are pointed at from both sides. */
function Row({ place, n, layer, layers, area }: RowProps) {
  const y = placeY(place, n, area);
  const height = Math.max(3, placeY(place + 1, n, area) - y);
  const cell = layer === undefined ? undefined : cellX(layer, area, layers);
  return (
    <g class="row-in-focus">
      <rect x={area.left - 1} y={y - 1} width={area.right - area.left + 2} height={height + 1} />
      {cell && <rect class="cell" x={cell.x - 1} y={y - 2} width={cell.width + 2} height={height + 3} />}
      <path d={`M${area.right + 2},${y + height / 2}l8,-5v10z`} />
    </g>
  );
}
