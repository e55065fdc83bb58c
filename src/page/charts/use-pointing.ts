/**
 * Pointing at a drawing or a table, by mouse, pen or finger. A mouse points by moving and lets go by moving away, and
 * only so: where the page moves under a resting mouse, the keys have the focus.
 */

import { useRef } from 'preact/hooks';

type Pointing<On extends Element> = PointerEvent & { currentTarget: On };

/** Handlers for an element; `point` is given a place in its pixels, and what is there. */
export function usePointing<On extends Element = SVGSVGElement>(
  point: (at: { x: number; y: number }, target: Element) => void,
  letGo: () => void,
) {
  const last = useRef('');
  const placeOf = ({ clientX, clientY }: Pointing<On>): string => `${clientX} ${clientY}`;
  const onPointerMove = (event: Pointing<On>): void => {
    last.current = placeOf(event);
    const { left, top } = event.currentTarget.getBoundingClientRect();
    point({ x: event.clientX - left, y: event.clientY - top }, event.target as Element);
  };
  return {
    onPointerMove,
    onPointerDown: onPointerMove,
    onPointerLeave(event: Pointing<On>): void {
      if (event.pointerType !== 'mouse' || last.current === '' || last.current === placeOf(event)) return;
      last.current = '';
      letGo();
    },
  };
}
