/** What does speed buy? Accuracy on the dev set by mean depth; a drag along the curve sets the speed. */

import { useMemo } from 'preact/hooks';
import type { Calibration, CurvePoint } from '../../core/index.js';
import type { Rivals } from '../rivals.js';
import { percent } from '../wording.js';
import { words } from '../words/index.js';
import { accuracyRange, accuracyTicks, curve, curvePaths, curvePlace, earlyPath, pointAt, rivalMarks, type CurvePlace } from './curve-geometry.js';
import { areaOf } from './plane.js';
import { useWidth } from './use-width.js';

interface SpeedAccuracyProps {
  calibration: Calibration;
  /** The dev set at the speed of now. */
  now: CurvePoint;
  layers: number;
  rivals: Rivals | undefined;
  /** Another task's, with its name. */
  beside: { name: string; calibration: Calibration } | undefined;
  summary: string;
  onSlide(speed: number): void;
  onSettle(): void;
}

const height = 260;
/** Narrower, the static models' names would cover what they name; the table has them. */
const ROOM_FOR_NAMES = 400;

export function SpeedAccuracy({ calibration, now, layers, rivals, beside, summary, onSlide, onSettle }: SpeedAccuracyProps) {
  const { ref, width } = useWidth<HTMLDivElement>(480);
  const points = useMemo(() => curve(calibration), [calibration]);
  const other = beside?.calibration;
  const besidePoints = useMemo(() => (other ? curve(other) : []), [other]);
  const others = [...(rivals?.models ?? []), ...(rivals?.early ?? []), ...besidePoints].map(({ accuracy }) => accuracy);
  const range = accuracyRange(points, others);
  const area = areaOf(width, height, { left: 48, right: 14, top: 14, bottom: 40 });
  const place = curvePlace(area, layers, range);
  const { line, band } = curvePaths(points, place);
  const full = points[0]!;
  const named = width >= ROOM_FOR_NAMES;
  const x = place.x(now.meanDepth);
  const y = place.y(now.accuracy);

  const drag = (event: PointerEvent & { currentTarget: SVGSVGElement }): void => {
    if (event.buttons !== 1) return;
    const { left } = event.currentTarget.getBoundingClientRect();
    onSlide(pointAt(points, event.clientX - left, place).speed);
  };
  return (
    <div class="plot" ref={ref} style={{ height: `${height}px` }}>
      <svg
        class="curve"
        width={width}
        height={height}
        role="img"
        aria-label={summary}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          drag(event);
        }}
        onPointerMove={drag}
        onPointerUp={onSettle}
      >
        <g class="axes">
          {accuracyTicks(range).map((tick) => (
            <g key={tick}>
              <line class="grid" x1={area.left} x2={area.right} y1={place.y(tick)} y2={place.y(tick)} />
              <text x={area.left - 8} y={place.y(tick) + 4} text-anchor="end">
                {percent(tick, 0)}
              </text>
            </g>
          ))}
          {Array.from({ length: layers + 1 }, (_, depth) => (
            <text key={depth} x={place.x(depth)} y={area.bottom + 18} text-anchor="middle">
              {depth}
            </text>
          ))}
          <text x={(area.left + area.right) / 2} y={area.bottom + 36} text-anchor="middle">
            {words.value.curve.axis}
          </text>
        </g>
        <path class="band" d={band} />
        <line class="full-depth" x1={area.left} x2={area.right} y1={place.y(full.accuracy)} y2={place.y(full.accuracy)} />
        {rivals && (
          <g class="rivals">
            <path class="same-rows" d={earlyPath(rivals.early, place)} />
            {rivalMarks(rivals.models, place, area.right).map(({ name, x: left, y: top, label }) => (
              <g key={name}>
                <title>{name}</title>
                {named && label.y !== top && label.x > left && <path class="leader" d={`M${left},${top}L${label.x - 2},${label.y}`} />}
                {named && (
                  <text x={label.x} y={label.y + 4}>
                    {name}
                  </text>
                )}
                <path class="rival" d={`M${left - 4.5},${top}l4.5,-4.5l4.5,4.5l-4.5,4.5z`} />
              </g>
            ))}
          </g>
        )}
        {beside && <Beside name={beside.name} points={besidePoints} speed={now.speed} place={place} right={area.right} />}
        <path class="line" d={line} />
        <line class="drop" x1={x} x2={x} y1={y} y2={area.bottom} />
        <circle class="now" cx={x} cy={y} r={8} />
      </svg>
    </div>
  );
}

interface BesideProps {
  name: string;
  points: readonly CurvePoint[];
  speed: number;
  place: CurvePlace;
  right: number;
}

/** Another task's curve, its name at its end, and where it stands at the speed of now. */
function Beside({ name, points, speed, place, right }: BesideProps) {
  const now = points[Math.round(speed * (points.length - 1))]!;
  return (
    <g class="beside">
      <path class="line" d={curvePaths(points, place).line} />
      <circle cx={place.x(now.meanDepth)} cy={place.y(now.accuracy)} r={5} />
      <text x={right} y={place.y(points[0]!.accuracy) - 6} text-anchor="end">
        {name}
      </text>
    </g>
  );
}
