/** What is seen of a figure, drawing by drawing and line by line, each where it stands on the page. */

import { difference, type Looks } from './figure-looks.js';
import { groupOf, svgElement, textLooksOf } from './svg-copy.js';
import { textLines } from './text-lines.js';

export interface FigurePart {
  element: SVGElement;
  /** Its lower end. */
  bottom: number;
}

/**
 * @param origin the figure's box: all places are in pixels from its upper left corner
 * @param around how what the parts are to lie in looks
 */
export function* figureParts(part: Element, origin: DOMRect, around: Looks): Generator<FigurePart> {
  if (!part.checkVisibility({ visibilityProperty: true })) return;
  const box = part.getBoundingClientRect();
  // Browsers draw what they lay out on whole pixels, all but the letters of a line.
  const [left, top, bottom] = [box.left - origin.left, box.top - origin.top, box.bottom - origin.top].map(Math.round);
  if (part instanceof SVGSVGElement) {
    const { a, b, c, d, e, f } = part.getScreenCTM()!;
    const matrix = [a, b, c, d, Math.round(e - origin.left), Math.round(f - origin.top)];
    yield { element: groupOf(part, `matrix(${matrix.join()})`, around), bottom: bottom! };
  } else if (part instanceof HTMLCanvasElement) {
    const { opacity } = getComputedStyle(part);
    const { width, height } = box;
    const image = { x: left, y: top, width, height, opacity, preserveAspectRatio: 'none', href: part.toDataURL() };
    yield { element: svgElement('image', image), bottom: bottom! };
  } else {
    for (const child of part.childNodes) {
      if (child instanceof Text) yield* textParts(child, part, origin, around);
      else if (child instanceof Element) yield* figureParts(child, origin, around);
    }
  }
}

function* textParts(text: Text, parent: Element, origin: DOMRect, around: Looks): Generator<FigurePart> {
  const said = difference(textLooksOf(parent), around);
  for (const { words, left, bottom, baseline } of textLines(text, getComputedStyle(parent))) {
    const place = { x: Math.round(100 * (left - origin.left)) / 100, y: Math.round(baseline - origin.top) };
    yield { element: svgElement('text', { ...place, ...said }, words), bottom: bottom - origin.top };
  }
}
