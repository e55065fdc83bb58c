/** What is seen of a figure, drawing by drawing and line by line, each where it stands on the page. */

import { difference, paint, type Looks } from './figure-looks.js';
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
    if (part.localName === 'mark') yield* tintedParts(part, origin);
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

/** What a mark has behind its words and under them, line by line. */
function* tintedParts(mark: Element, origin: DOMRect): Generator<FigurePart> {
  const { backgroundColor, borderBottomWidth, borderBottomStyle, borderBottomColor } = getComputedStyle(mark);
  const [tint, line] = [paint(backgroundColor), paint(borderBottomColor)];
  const thick = parseFloat(borderBottomWidth);
  for (const { left, top, bottom, width, height } of mark.getClientRects()) {
    const [x, y] = [left - origin.left, top - origin.top];
    const end = bottom - origin.top;
    if (tint.opacity > 0) {
      const box = { x, y, width, height: height - thick, fill: tint.colour, 'fill-opacity': tint.opacity };
      yield { element: svgElement('rect', box), bottom: end };
    }
    if (thick > 0) {
      const ends = { x1: x, x2: x + width, y1: end - thick / 2, y2: end - thick / 2 };
      const dots = borderBottomStyle === 'dotted' ? { 'stroke-dasharray': `${thick} ${thick}` } : {};
      yield { element: svgElement('line', { ...ends, stroke: line.colour, 'stroke-width': thick, ...dots }), bottom: end };
    }
  }
}
