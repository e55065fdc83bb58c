/**
 * A figure as a picture that stands alone: caption, drawing and what it was made from, with no
 * stylesheet, script or address left in it.
 */

import { difference, paint, UNSAID } from './figure-looks.js';
import { figureParts } from './figure-parts.js';
import { ownFonts } from './own-fonts.js';
import { patternsOf, svgElement, textLooksOf } from './svg-copy.js';
import { widthOfText } from './text-lines.js';

/** Around the figure, in pixels. */
const MARGIN = 16;
/** The source line: its size, and its baseline under the figure. */
const SOURCE = { size: 12, below: 24 };
/** Pixels of a PNG for each of the page, either way. */
const SCALE = 2;
/** What XML has no way to say, and a visitor's text may hold. */
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const NOT_XML = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Surrogate}/gu;

/** The browser does not let the figure be read, or does not draw it in pixels. */
export class FigureFileError extends Error {
  constructor(readonly reason: 'unreadable' | 'undrawn', cause: unknown) {
    super(`The figure is ${reason}`, { cause });
  }
}

/**
 * The figure as an SVG file, in the typeface of the page.
 *
 * @param source what it was made from, for the line under it
 * @throws FigureFileError where something in it cannot be read
 */
export async function figureSvg(figure: HTMLElement, source: string): Promise<string> {
  try {
    const fonts = await ownFonts(getComputedStyle(figure).fontFamily);
    figure.classList.add('as-file');
    const file = picture(figure, source);
    if (fonts !== '') file.prepend(svgElement('style', {}, fonts));
    return new XMLSerializer().serializeToString(file).replaceAll(NOT_XML, '');
  } catch (error) {
    throw new FigureFileError('unreadable', error);
  } finally {
    figure.classList.remove('as-file');
  }
}

/**
 * An SVG file as a PNG, at twice the page's pixels.
 *
 * @throws FigureFileError where the browser does not draw it, as when it is too large
 */
export async function figurePng(svg: string): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = SCALE * image.naturalWidth;
    canvas.height = SCALE * image.naturalHeight;
    canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((done, fail) => {
      canvas.toBlob((png) => (png ? done(png) : fail(new RangeError('Nothing was drawn'))));
    });
  } catch (error) {
    throw new FigureFileError('undrawn', error);
  } finally {
    URL.revokeObjectURL(url);
  }
}

function picture(figure: HTMLElement, source: string): SVGElement {
  const origin = figure.getBoundingClientRect();
  const looks = textLooksOf(figure);
  const parts = [...figureParts(figure, origin, looks)];
  const inside = {
    width: Math.max(origin.width, widthOfText(source, `${SOURCE.size}px ${looks['font-family']}`)),
    height: Math.max(...parts.map(({ bottom }) => bottom)) + SOURCE.below,
  };
  const drawing = svgElement('g', { transform: `translate(${MARGIN},${MARGIN})`, ...difference(looks, UNSAID) });
  drawing.append(
    ...parts.map(({ element }) => element),
    svgElement('text', { y: Math.floor(inside.height), 'font-size': SOURCE.size }, source),
  );

  const [width, height] = [inside.width, inside.height].map((length) => Math.ceil(length) + 2 * MARGIN);
  const paper = paint(getComputedStyle(document.documentElement).backgroundColor).colour;
  const summaries = [...figure.querySelectorAll('svg[aria-label]')].map((svg) => svg.getAttribute('aria-label'));
  const file = svgElement('svg', { width, height, viewBox: `0 0 ${width} ${height}` });
  file.append(
    svgElement('title', {}, figure.querySelector('h2')?.textContent),
    svgElement('desc', {}, summaries.join(' ')),
    patternsOf(drawing),
    svgElement('rect', { width, height, fill: paper }),
    drawing,
  );
  return file;
}
