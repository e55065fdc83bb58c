/** Is uncertainty honest? An exit's accuracy by its uncertainty, the threshold line, and the counts beneath. */

import { useMemo } from 'preact/hooks';
import { luha, type Calibration } from '../../core/index.js';
import { percent } from '../wording.js';
import { words } from '../words/index.js';
import { accuracyTicks } from './curve-geometry.js';
import { accuracyY, binMarks, countBars, luhaPath, luhaRange, unsureX } from './luha-geometry.js';
import { areaOf } from './plane.js';
import { useWidth } from './use-width.js';

interface LuhaProps {
  calibration: Calibration;
  /** The one that is shown strong. */
  exit: number;
  speed: number;
  /** Uncertainty at this exit of the text in view. */
  text: number | undefined;
  summary: string;
}

const HEIGHT = 320;
/** Narrower, a count of four digits would touch its neighbour. */
const ROOMY_BIN = 34;

export function Luha({ calibration, exit, speed, text, summary }: LuhaProps) {
  const { ref, width } = useWidth<HTMLDivElement>(480);
  const exits = useMemo(() => calibration.predictions.map((_, one) => luha(calibration, one)), [calibration]);
  const bins = exits[exit]!;
  const range = luhaRange(exits);
  const sides = { left: 48, right: 14 };
  const area = areaOf(width, HEIGHT, { ...sides, top: 24, bottom: 112 });
  const ground = areaOf(width, HEIGHT, { ...sides, top: HEIGHT - 78, bottom: 42 });
  const x = unsureX(speed, area);
  const roomy = (area.right - area.left) / bins.length > ROOMY_BIN;
  return (
    <div class="plot" ref={ref} style={{ height: `${HEIGHT}px` }}>
      <svg width={width} height={HEIGHT} role="img" aria-label={summary}>
        <rect class="leaving" x={area.left} y={area.top} width={x - area.left} height={ground.bottom - area.top} />
        <g class="axes">
          {accuracyTicks(range).map((tick) => (
            <g key={tick}>
              <line class="grid" x1={area.left} x2={area.right} y1={accuracyY(tick, range, area)} y2={accuracyY(tick, range, area)} />
              <text x={area.left - 8} y={accuracyY(tick, range, area) + 4} text-anchor="end">
                {percent(tick, 0)}
              </text>
            </g>
          ))}
          <line class="grid" x1={area.left} x2={area.right} y1={ground.bottom} y2={ground.bottom} />
          {[0, 0.2, 0.4, 0.6, 0.8, 1].map((uncertainty) => (
            <text key={uncertainty} x={unsureX(uncertainty, area)} y={ground.bottom + 18} text-anchor="middle">
              {uncertainty}
            </text>
          ))}
          <text x={(area.left + area.right) / 2} y={ground.bottom + 36} text-anchor="middle">
            {words.value.uncertainty}
          </text>
        </g>
        {exits.map((other, one) => one !== exit && <path key={one} class="other-exit" d={luhaPath(other, range, area)} />)}
        {binMarks(bins, range, area).map(({ bin, x: middle, y, width: step, top, bottom }) => (
          <g key={bin.low}>
            <path class="interval" d={`M${middle},${top}V${bottom}`} />
            <path class="accuracy" d={`M${middle - step / 2 + 1},${y}h${step - 2}`} />
            <circle class="stop" cx={middle} cy={y} r={3.5} />
          </g>
        ))}
        <g class={roomy ? 'counts' : 'counts tight'}>
          {countBars(bins, ground).map(({ bin, ...box }) => (
            <g key={bin.low}>
              <rect class="count" {...box} />
              <text x={box.x + box.width / 2} y={box.y - 4} text-anchor="middle" class={bin.n === 0 ? 'none' : undefined}>
                {roomy ? words.value.number(bin.n) : bin.n}
              </text>
            </g>
          ))}
        </g>
        <line class="threshold" x1={x} x2={x} y1={area.top} y2={ground.bottom} />
        <text class="threshold-name" x={x} y={area.top - 8} text-anchor={speed < 0.2 ? 'start' : speed > 0.8 ? 'end' : 'middle'}>
          {words.value.speed.is(speed.toFixed(2))}
        </text>
        {text !== undefined && <TextHere x={unsureX(text, area)} y={area.bottom} middle={(area.left + area.right) / 2} />}
      </svg>
    </div>
  );
}

/** Where the text in view stands, under the plot. */
function TextHere({ x, y, middle }: { x: number; y: number; middle: number }) {
  const side = x > middle ? -1 : 1;
  return (
    <g class="text-here">
      <path d={`M${x},${y + 3}l5,8h-10z`} />
      <text x={x + side * 10} y={y + 14} text-anchor={side < 0 ? 'end' : 'start'}>
        {words.value.luha.textHere}
      </text>
    </g>
  );
}
