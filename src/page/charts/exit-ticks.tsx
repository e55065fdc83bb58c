/** Names of the exits along the x scale that figures share, or of every second where there is no room; the one in focus stands out. */

import { words } from '../words/index.js';
import { depthX, fitsColumn, type Area } from './plane.js';

interface ExitTicksProps {
  layers: number;
  focusedLayer: number | undefined;
  area: Area;
  y: number;
}

export function ExitTicks({ layers, focusedLayer, area, y }: ExitTicksProps) {
  const every = fitsColumn(2, area, layers) ? 1 : 2;
  return Array.from({ length: layers + 1 }, (_, exit) => exit % every && exit !== focusedLayer ? undefined : (
    <text
      key={exit}
      class={exit === focusedLayer ? 'focused' : undefined}
      x={depthX(exit, area, layers)}
      y={y}
      text-anchor="middle"
    >
      {words.value.exit.tick(exit)}
    </text>
  ));
}
