/** Right is a dot, wrong a cross, unknown a ring: told apart by shape as well as by colour. */

import { words } from '../words/index.js';
import type { PlacesLeft } from './places-left.js';
import { polyline, type Point } from './polyline.js';

interface MarkProps {
  x: number;
  y: number;
  right: boolean | undefined;
  size?: number;
}

export function Mark({ x, y, right, size = 5 }: MarkProps) {
  if (right === false) return <path class="mark wrong" d={cross([x, y], size)} />;
  return <circle class={right ? 'mark right' : 'mark unlabelled'} cx={x} cy={y} r={size} />;
}

/** Hundreds of small marks: an element a kind, not one a mark. A dot is a line of no length with round ends. */
export function Marks({ right, wrong, unlabelled, size }: PlacesLeft & { size: number }) {
  const dots = (points: readonly Point[]): string => points.map((point) => polyline([point])).join('');
  const [known, unknown] = [dots(right), dots(unlabelled)];
  return (
    <>
      <path class="dots halo" d={known + unknown} stroke-width={2 * size + 3} />
      <path class="dots unlabelled" d={unknown} stroke-width={2 * size} />
      <path class="dots right" d={known} stroke-width={2 * size} />
      <path class="mark wrong" d={wrong.map((point) => cross(point, size)).join('')} />
    </>
  );
}

function cross([x, y]: Point, size: number): string {
  return `M${x - size},${y - size}l${2 * size},${2 * size}m0,${-2 * size}l${-2 * size},${2 * size}`;
}

/** The same mark in a line of text. */
export function InlineMark({ right }: { right: boolean }) {
  return (
    <svg class="inline-mark" viewBox="-7 -7 14 14" width="12" height="12" role="img" aria-label={right ? words.value.right : words.value.wrong}>
      <Mark x={0} y={0} right={right} />
    </svg>
  );
}
