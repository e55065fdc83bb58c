/**
 * How did the texts settle? Uncertainty by layer, the threshold line of the speed, and where each
 * text left. The slider that is laid over the y axis comes in as a child.
 */

import type { ComponentChildren } from 'preact';
import { useCallback, useMemo } from 'preact/hooks';
import type { Belief } from '../../core/index.js';
import type { Outcome, Sample } from '../outcome.js';
import type { SpeedupTick } from '../speedup-scale.js';
import type { Focus } from '../state.js';
import { excerpt } from '../wording.js';
import { words } from '../words/index.js';
import { apart, widthOf } from './apart.js';
import { Canvas } from './canvas.js';
import { ExitTicks } from './exit-ticks.js';
import { Mark, Marks } from './marks.js';
import { placesLeft } from './places-left.js';
import { depthX, shareAt, shareY, type Area } from './plane.js';
import { bundle, lineOpacity, nearest, rememberedPaths, trajectoryPaths } from './trajectory-paths.js';
import { usePointing } from './use-pointing.js';

/** So few that each has room for its exits' dots. */
const FEW = 2;
/** Above this, lines and marks are finer. */
const CROWD = 60;
/** Above this, all but the text in focus are thin lines on a canvas. */
const MOST_DETAILED = 300;

interface TrajectoriesProps {
  samples: readonly Sample[];
  outcomes: readonly Outcome[];
  layers: number;
  speed: number;
  speedups: readonly SpeedupTick[];
  /** What the speed buys, in words, once that is known. */
  gain: string | undefined;
  focus: Focus;
  area: Area;
  width: number;
  height: number;
  summary: string;
  /** How the text in view would settle without the word in focus. */
  without: readonly Belief[] | undefined;
  onFocus(focus: Focus): void;
  onSlide(speed: number): void;
  onSettle(): void;
  children: ComponentChildren;
}

export function Trajectories(props: TrajectoriesProps) {
  const { samples, layers, speed, speedups, gain, focus, area, width, height, summary, without, onFocus, children } = props;
  const y = shareY(speed, area);
  const bundled = samples.length > MOST_DETAILED;
  const roomy = area.right - area.left > 400;
  // Of many the one in focus, over the others.
  const detailed = [...samples.keys()].filter((index) => samples.length <= FEW || index === focus.sample);
  const trajectories = samples.map(({ trajectory }) => trajectory);
  const { left, right, top, bottom } = area;
  // A drag of the slider leaves them as they are.
  const axes = useMemo(
    () => [
      <Axes key="axes" area={{ left, right, top, bottom }} layers={layers} focusedLayer={focus.layer} />,
      <Speedups key="speedups" area={{ left, right, top, bottom }} speedups={speedups} />,
    ],
    [left, right, top, bottom, layers, focus.layer, speedups],
  );
  const pointing = usePointing(
    (pointer) => onFocus(nearest(trajectories, pointer, area, layers) ?? {}),
    () => onFocus({}),
  );
  return (
    <div class="plot" style={{ height: `${height}px` }}>
      {bundled && <Bundle {...props} />}
      <svg
        width={width}
        height={height}
        role="img"
        aria-label={summary}
        {...pointing}
      >
        <rect class="leaving" x={area.left} y={y} width={area.right - area.left} height={area.bottom - y} />
        {axes}
        {samples.length > FEW && !bundled && <Lines {...props} />}
        {detailed.map((index) => (
          <Line key={index} {...props} index={index} />
        ))}
        {without && <path class="without" d={trajectoryPaths(without, undefined, area, layers).taken} />}
        {samples.length === FEW && <Names {...props} />}
        <text class="threshold-name" x={area.left + 18} y={speed < 0.08 ? y - 7 : y + 18}>
          {thresholdWords(speed, roomy)}
        </text>
        {roomy && (
          <text class="threshold-name" x={area.right - 6} y={speed > 0.92 ? y + 18 : y - 7} text-anchor="end">
            {gain}
          </text>
        )}
        <Threshold {...props} />
      </svg>
      {children}
    </div>
  );
}

function thresholdWords(speed: number, roomy: boolean): string {
  const { speed: said, trajectories } = words.value;
  const name = said.is(speed.toFixed(2));
  if (!roomy) return name;
  return speed === 0 ? trajectories.thresholdZero(name) : trajectories.threshold(name);
}

/** The line of the slider's thumb; it can be taken anywhere. */
function Threshold({ speed, area, onSlide, onSettle }: TrajectoriesProps) {
  const y = shareY(speed, area);
  const ends = { x1: area.left, x2: area.right, y1: y, y2: y };
  return (
    <g>
      <line class="threshold" {...ends} />
      <line
        class="threshold-grip"
        {...ends}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={(event) => {
          if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
          event.stopPropagation();
          const { top } = event.currentTarget.ownerSVGElement!.getBoundingClientRect();
          onSlide(Math.min(1, Math.max(0, shareAt(event.clientY - top, area))));
        }}
        onPointerUp={onSettle}
      />
    </g>
  );
}

function Axes({ area, layers, focusedLayer }: Pick<TrajectoriesProps, 'area' | 'layers'> & { focusedLayer: number | undefined }) {
  return (
    <g class="axes">
      {[0, 0.25, 0.5, 0.75, 1].map((share) => (
        <g key={share}>
          <line class="grid" x1={area.left} x2={area.right} y1={shareY(share, area)} y2={shareY(share, area)} />
          <text x={area.left - 18} y={shareY(share, area) + 4} text-anchor="end">
            {share}
          </text>
        </g>
      ))}
      <ExitTicks layers={layers} focusedLayer={focusedLayer} area={area} y={area.bottom + 18} />
    </g>
  );
}

/** Down the right side: the speeds at which the dev set takes so many times fewer layers. */
function Speedups({ area, speedups }: Pick<TrajectoriesProps, 'area' | 'speedups'>) {
  return (
    <g class="axes">
      {speedups.map(({ speedup, speed }) => (
        <g key={speedup}>
          <line class="tick" x1={area.right} x2={area.right + 5} y1={shareY(speed, area)} y2={shareY(speed, area)} />
          <text x={area.right + 8} y={shareY(speed, area) + 4}>
            {speedup}x
          </text>
        </g>
      ))}
    </g>
  );
}

/** Many texts as two paths, a crowd's marks as one a kind: a drag of the slider changes as little as it can. */
function Lines({ samples, outcomes, layers, area, focus }: TrajectoriesProps) {
  const crowded = samples.length > CROWD;
  const dim = focus.sample !== undefined;
  const { left, right, top, bottom } = area;
  const pathsOf = useMemo(
    () => rememberedPaths(samples.map(({ trajectory }) => trajectory), { left, right, top, bottom }, layers),
    [samples, left, right, top, bottom, layers],
  );
  const paths = samples.map((_, i) => pathsOf(i, outcomes[i]?.belief));
  return (
    <g class={`trajectory${crowded ? ' thin' : ''}${dim ? ' dim' : ''}`}>
      <path class="beyond" d={paths.map(({ beyond }) => beyond).join('')} />
      <path class="taken" d={paths.map(({ taken }) => taken).join('')} />
      {crowded ? (
        <Marks {...placesLeft(outcomes, area, layers)} size={3} />
      ) : (
        outcomes.map((outcome, index) => <LeftAt key={index} outcome={outcome} size={5} area={area} layers={layers} />)
      )}
    </g>
  );
}

/** One text's line with all its parts. */
function Line({ samples, outcomes, layers, area, focus, index }: TrajectoriesProps & { index: number }) {
  const sample = samples[index]!;
  const { taken, beyond } = trajectoryPaths(sample.trajectory, outcomes[index]?.belief, area, layers);
  const dim = focus.sample !== undefined && focus.sample !== index;
  return (
    <g class={dim ? 'trajectory dim' : 'trajectory'}>
      {beyond && <path class="beyond" d={beyond} />}
      <path class="taken" d={taken} />
      <Stops sample={sample} area={area} layers={layers} />
      <LeftAt outcome={outcomes[index]} size={7} area={area} layers={layers} />
      {index === focus.sample && focus.layer !== undefined && (
        <Pointer sample={sample} layer={focus.layer} area={area} layers={layers} />
      )}
    </g>
  );
}

function LeftAt({ outcome, size, area, layers }: { outcome: Outcome | undefined; size: number; area: Area; layers: number }) {
  if (!outcome?.belief) return null;
  const { exit, uncertainty } = outcome.belief;
  return <Mark x={depthX(exit, area, layers)} y={shareY(uncertainty, area)} right={outcome.right} size={size} />;
}

/** All lines at once, under the SVG. A drag of the slider leaves them as they are. */
function Bundle({ samples, layers, area, focus, width, height }: TrajectoriesProps) {
  const { left, right, top, bottom } = area;
  const paint = useCallback(
    (context: CanvasRenderingContext2D) => {
      const lines = bundle(samples.map(({ trajectory }) => trajectory), { left, right, top, bottom }, layers);
      context.globalAlpha = lineOpacity(lines.length);
      context.lineWidth = 0.5;
      for (const d of lines) context.stroke(new Path2D(d));
    },
    [samples, left, right, top, bottom, layers],
  );
  return <Canvas class={focus.sample === undefined ? 'bundle' : 'bundle dim'} width={width} height={height} paint={paint} />;
}

/** Of two texts that are compared, at the ends of their lines. */
function Names({ samples, area, layers }: TrajectoriesProps) {
  const labels = samples.flatMap(({ text, trajectory }) => {
    const last = trajectory.at(-1);
    if (!last) return [];
    const name = excerpt(text, 24);
    const x = depthX(last.exit, area, layers);
    return [{ name, x: Math.max(area.left, x - widthOf(name)), end: x, y: shareY(last.uncertainty, area) - 10 }];
  });
  return apart(labels).map(({ name, end, y }, index) => (
    <text key={index} class="line-name" x={end} y={Math.min(y, area.bottom - 4)} text-anchor="end">
      {name}
    </text>
  ));
}

interface OnSample {
  sample: Sample;
  area: Area;
  layers: number;
}

/** A small dot at every exit that answered. */
function Stops({ sample, area, layers }: OnSample) {
  return sample.trajectory.map(({ exit, uncertainty }) => (
    <circle key={exit} class="stop" cx={depthX(exit, area, layers)} cy={shareY(uncertainty, area)} r={2.5} />
  ));
}

function Pointer({ sample, layer, area, layers }: OnSample & { layer: number }) {
  const belief = sample.trajectory.find(({ exit }) => exit === layer);
  if (!belief) return null;
  return (
    <circle class="pointer" cx={depthX(layer, area, layers)} cy={shareY(belief.uncertainty, area)} r={11} />
  );
}
