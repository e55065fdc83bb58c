/**
 * Marks too many for SVG: painted on a canvas under it, all in the colour that its style gives it, stronger or
 * fainter. So dark and forced colours follow the tokens; it is painted anew when they change.
 */

import { useLayoutEffect, useRef } from 'preact/hooks';
import { useMedia } from './use-media.js';

interface CanvasProps {
  class: string;
  width: number;
  height: number;
  /** In CSS pixels. Painted again when it is another function. */
  paint(context: CanvasRenderingContext2D): void;
}

export function Canvas({ class: name, width, height, paint }: CanvasProps) {
  const ref = useRef<HTMLCanvasElement>(null);
  const dark = useMedia('(prefers-color-scheme: dark)');
  const forced = useMedia('(forced-colors: active)');
  const scale = devicePixelRatio;
  useLayoutEffect(() => {
    const canvas = ref.current;
    const context = canvas?.getContext('2d');
    if (!canvas || !context) return;
    // Setting a size also empties the canvas.
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    context.scale(scale, scale);
    const { color } = getComputedStyle(canvas);
    context.fillStyle = color;
    context.strokeStyle = color;
    paint(context);
  }, [width, height, scale, dark, forced, paint]);
  return <canvas ref={ref} class={name} style={{ width: `${width}px`, height: `${height}px` }} aria-hidden="true" />;
}
