/** Copies of the page's SVG that need no stylesheet: each part says itself how it looks. */

import { difference, isUnseen, looks, PROPERTIES, referenceOf, textLooks, UNSAID, type Looks } from './figure-looks.js';

const SVG = 'http://www.w3.org/2000/svg';
/** Belongs to the page; how a part looks is said anew. */
const OF_THE_PAGE = new RegExp(`^(class|id|style|role|tabindex|aria-.*|data-.*|${PROPERTIES.join('|')})$`);

export function svgElement(name: string, attributes: object = {}, text = ''): SVGElement {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  if (text !== '') made.append(text);
  return made;
}

/**
 * What an svg shows, as a group: its lines may reach beyond the svg, as they do on the page.
 *
 * @param around how the parent of the group looks
 */
export function groupOf(svg: SVGSVGElement, transform: string, around: Looks): SVGElement {
  return dressed(svgElement('g', { transform }), svg, looksOf(svg), around);
}

/** The patterns that parts of a copy are filled with. */
export function patternsOf(copy: Element): SVGElement {
  const ids = [...copy.querySelectorAll('[fill]')].flatMap((part) => referenceOf(part.getAttribute('fill')!) ?? []);
  const defs = svgElement('defs');
  for (const id of new Set(ids)) {
    const pattern = document.getElementById(id);
    if (pattern instanceof SVGPatternElement) defs.append(dressed(bare(pattern, { id }), pattern, looksOf(pattern), UNSAID));
  }
  return defs;
}

/** @param around how the parent of the copy looks */
function copyOf(part: SVGElement, around: Looks): SVGElement | undefined {
  if (part instanceof SVGTitleElement) return svgElement('title', {}, part.textContent);
  if (part instanceof SVGDefsElement || isHidden(part)) return undefined;
  const own = looksOf(part);
  const seen = part instanceof SVGLineElement ? { ...own, fill: 'none' } : own;
  if (part instanceof SVGGeometryElement && isUnseen(seen)) return undefined;
  return dressed(bare(part), part, own, around);
}

/** The same element with its geometry alone. */
function bare(part: SVGElement, attributes: object = {}): SVGElement {
  const copy = svgElement(part.localName, attributes);
  for (const { name, value } of part.attributes) if (!OF_THE_PAGE.test(name)) copy.setAttribute(name, value);
  return copy;
}

function dressed(copy: SVGElement, part: SVGElement, own: Looks, around: Looks): SVGElement {
  for (const [name, value] of Object.entries(difference(own, around))) copy.setAttribute(name, value);
  for (const child of part.childNodes) {
    if (child instanceof Text) copy.append(child.data);
    else if (child instanceof SVGElement) copy.append(copyOf(child, own) ?? '');
  }
  return copy;
}

function looksOf(part: Element): Looks {
  const style = getComputedStyle(part);
  return looks((property) => style.getPropertyValue(property));
}

/** How the text in a part of the page that is no SVG looks. */
export function textLooksOf(part: Element): Looks {
  const style = getComputedStyle(part);
  return textLooks((property) => style.getPropertyValue(property));
}

function isHidden(part: Element): boolean {
  const { display, visibility } = getComputedStyle(part);
  return display === 'none' || visibility !== 'visible';
}
