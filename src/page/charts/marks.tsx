/** Right is a dot, wrong a cross, unknown a ring: told apart by shape as well as by colour. */

import { words } from '../words/index.js';

interface MarkProps {
  x: number;
  y: number;
  right: boolean | undefined;
  size?: number;
}

export function Mark({ x, y, right, size = 5 }: MarkProps) {
  if (right === false) {
    const d = `M${x - size},${y - size}l${2 * size},${2 * size}m0,${-2 * size}l${-2 * size},${2 * size}`;
    return <path class="mark wrong" d={d} />;
  }
  return <circle class={right ? 'mark right' : 'mark unlabelled'} cx={x} cy={y} r={size} />;
}

/** The same mark in a line of text. */
export function InlineMark({ right }: { right: boolean }) {
  return (
    <svg class="inline-mark" viewBox="-7 -7 14 14" width="12" height="12" role="img" aria-label={right ? words.value.right : words.value.wrong}>
      <Mark x={0} y={0} right={right} />
    </svg>
  );
}
