/** Texts as dots: an answer a colour and a shape, on canvases, and over them the one in focus. */

import { useCallback } from 'preact/hooks';
import { Canvas } from './canvas.js';
import { dotAt, type Dots, type Group } from './scatter.js';
import { usePointing } from './use-pointing.js';

interface ScatterPlotProps {
  dots: Dots;
  groups: readonly Group[];
  /** Texts with a ring. */
  ringed: readonly number[];
  /** Texts that a filter leaves out are faint. */
  faint: ReadonlySet<number>;
  focused: number | undefined;
  width: number;
  height: number;
  summary: string;
  onText(text: number | undefined): void;
}

/** Radius in pixels; less where there is no room for many, so that they do not cover each other. */
const SIZE = { few: 5, many: 3.2 };
/** Square pixels that a large dot takes with what is around it. */
const ROOM = 850;
const RING = 2.5;

export function ScatterPlot({ dots, groups, ringed, faint, focused, width, height, summary, onText }: ScatterPlotProps) {
  const size = (ROOM * dots.length) / 2 > width * height ? SIZE.many : SIZE.few;
  const pointing = usePointing(
    (at) => onText(dotAt(dots, at)),
    () => onText(undefined),
  );
  return (
    <div class="plot" style={{ height: `${height}px` }}>
      {groups.map(({ texts }, look) => (
        <GroupDots key={look} texts={texts} look={look} dots={dots} faint={faint} size={size} width={width} height={height} />
      ))}
      <Rings texts={ringed} dots={dots} size={size} width={width} height={height} />
      <svg class="scatter" width={width} height={height} role="img" aria-label={summary} {...pointing}>
        <rect class="frame" x={0.5} y={0.5} width={width - 1} height={height - 1} />
        {focused !== undefined && 2 * focused < dots.length && (
          <circle class="pointer" cx={dots[2 * focused]} cy={dots[2 * focused + 1]} r={size + 6} />
        )}
      </svg>
    </div>
  );
}

interface GroupDotsProps extends Pick<ScatterPlotProps, 'dots' | 'faint' | 'width' | 'height'> {
  texts: readonly number[];
  look: number;
  size: number;
}

function GroupDots({ texts, look, dots, faint, size, width, height }: GroupDotsProps) {
  const paint = useCallback(
    (context: CanvasRenderingContext2D) => {
      const shape = new Path2D(shapeOf(look, size));
      for (const text of texts) {
        context.globalAlpha = faint.has(text) ? 0.12 : 0.8;
        const [x, y] = [dots[2 * text]!, dots[2 * text + 1]!];
        context.translate(x, y);
        // oxlint-disable-next-line unicorn/no-array-fill-with-reference-type -- it is a canvas
        context.fill(shape);
        context.translate(-x, -y);
      }
    },
    [texts, look, dots, faint, size],
  );
  return <Canvas class={`look look-${look}`} width={width} height={height} paint={paint} />;
}

function Rings({ texts, dots, size, width, height }: Omit<GroupDotsProps, 'look' | 'faint'>) {
  const paint = useCallback(
    (context: CanvasRenderingContext2D) => {
      context.lineWidth = 1.5;
      for (const text of texts) {
        context.beginPath();
        context.arc(dots[2 * text]!, dots[2 * text + 1]!, size + RING, 0, 2 * Math.PI);
        context.stroke();
      }
    },
    [texts, dots, size],
  );
  return <Canvas class="rings" width={width} height={height} paint={paint} />;
}

/** A shape for each look, around 0: told apart without their colours too. */
export function shapeOf(look: number, r: number): string {
  const [s, t] = [0.85 * r, 0.35 * r];
  const shapes = [
    `M${-r},0a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0`,
    `M${-s},${-s}h${2 * s}v${2 * s}h${-2 * s}z`,
    `M0,${-1.1 * r}L${r},${0.8 * r}L${-r},${0.8 * r}z`,
    `M0,${-1.2 * r}L${1.2 * r},0L0,${1.2 * r}L${-1.2 * r},0z`,
    `M${-t},${-r}h${2 * t}v${r - t}h${r - t}v${2 * t}h${t - r}v${r - t}h${-2 * t}v${t - r}h${t - r}v${-2 * t}h${r - t}z`,
    `M0,${1.1 * r}L${r},${-0.8 * r}L${-r},${-0.8 * r}z`,
    `M${-r},${-0.5 * r}h${2 * r}v${r}h${-2 * r}z`,
  ];
  return shapes[look] ?? `M${-0.6 * r},0a${0.6 * r},${0.6 * r} 0 1,0 ${1.2 * r},0a${0.6 * r},${0.6 * r} 0 1,0 ${-1.2 * r},0`;
}

/** What each look stands for. */
export function Looks({ groups, nameOf }: { groups: readonly Group[]; nameOf(group: Group): string }) {
  return (
    <ul class="looks">
      {groups.map((group, look) => (
        <li key={look}>
          <svg width="14" height="14" viewBox="-7 -7 14 14" aria-hidden="true">
            <path class={`look look-${look}`} d={shapeOf(look, 5)} />
          </svg>{' '}
          {nameOf(group)}
        </li>
      ))}
    </ul>
  );
}
