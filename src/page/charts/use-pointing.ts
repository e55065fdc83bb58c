/**
 * Pointing at a drawing, by mouse, pen or finger. A mouse lets go of what it pointed at by moving away, and only so:
 * where the page moves under a resting mouse, the keys have the focus.
 */

import { useRef } from 'preact/hooks';

type Pointing = PointerEvent & { currentTarget: SVGSVGElement };

/** Handlers for an SVG; `point` is given a place in its pixels. */
export function usePointing(point: (at: { x: number; y: number }) => void, letGo: () => void) {
  const last = useRef('');
  const placeOf = ({ clientX, clientY }: Pointing): string => `${clientX} ${clientY}`;
  const onPointerMove = (event: Pointing): void => {
    last.current = placeOf(event);
    const { left, top } = event.currentTarget.getBoundingClientRect();
    point({ x: event.clientX - left, y: event.clientY - top });
  };
  return {
    onPointerMove,
    onPointerDown: onPointerMove,
    onPointerLeave(event: Pointing): void {
      if (event.pointerType !== 'mouse' || last.current === '' || last.current === placeOf(event)) return;
      last.current = '';
      letGo();
    },
  };
}
