/** What each exit believes: a small panel of bars an exit, one row a class, in the trajectories' columns. */

import type { Belief } from '../../core/index.js';
import { excerpt } from '../wording.js';
import { beliefPanels, namesX, ROW, type BeliefPanel } from './belief-bars.js';
import { ExitTicks } from './exit-ticks.js';
import { exitAt, type Area } from './plane.js';
import { usePointing } from './use-pointing.js';

/** Letters of a class's name that fit a telephone; the table has all. */
const LONGEST = 40;

interface BeliefsProps {
  trajectory: readonly Belief[];
  /** Where the text left. */
  left: Belief | undefined;
  /** Classes by number, and all their names. */
  shown: readonly number[];
  labels: readonly string[];
  /** Of a multi-label model each label is given above one half. */
  each: boolean;
  layers: number;
  focusedLayer: number | undefined;
  area: Area;
  width: number;
  height: number;
  summary: string;
  onLayer(layer: number | undefined): void;
}

export function Beliefs(props: BeliefsProps) {
  const { trajectory, left, shown, labels, each, layers, focusedLayer, area, width, height, summary, onLayer } = props;
  const pointing = usePointing(({ x }) => onLayer(exitAt(x, area, layers)), () => onLayer(undefined));
  return (
    <svg
      class="beliefs"
      width={width}
      height={height}
      role="img"
      aria-label={summary}
      {...pointing}
    >
      <ExitTicks layers={layers} focusedLayer={focusedLayer} area={area} y={area.bottom + 20} />
      {beliefPanels(trajectory, left, shown, area, layers).map((panel) => (
        <Panel key={panel.exit} panel={panel} area={area} each={each} focused={panel.exit === focusedLayer} />
      ))}
      {shown.map((i, row) => (
        <text key={i} class="class-name" x={namesX(area, layers)} y={area.top + row * ROW + 13}>
          {excerpt(labels[i]!, LONGEST)}
        </text>
      ))}
    </svg>
  );
}

function Panel({ panel, area, each, focused }: { panel: BeliefPanel; area: Area; each: boolean; focused: boolean }) {
  const { place, x, width, bars } = panel;
  const frame = { x: x - 3, y: area.top - 1, width: width + 6, height: area.bottom - area.top + 6 };
  const half = x + width / 2;
  return (
    <g class={`panel panel-${place}`}>
      {focused && <rect class="in-focus" {...frame} />}
      {place === 'left' && <rect class="left-frame" {...frame} />}
      {bars.map(({ class: i, probability, said, number, ...bar }) => (
        <g key={i} class={said ? 'said' : undefined}>
          <rect class="track" x={x} y={bar.y} width={width} height={bar.height} />
          {bar.width >= 1 && <rect class="belief" x={x} {...bar} />}
          {each && <line class="half" x1={half} x2={half} y1={bar.y - 2} y2={bar.y + bar.height + 2} />}
          {number && (
            <text
              class={number.inside ? 'inside' : undefined}
              x={number.x}
              y={bar.y + bar.height - 3}
              text-anchor={number.inside ? 'end' : 'start'}
            >
              {Math.round(probability * 100)}
            </text>
          )}
        </g>
      ))}
    </g>
  );
}
