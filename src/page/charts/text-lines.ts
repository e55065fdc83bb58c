/** The lines that the page has broken a text into, and where in the window they stand. */

export interface TextLine {
  words: string;
  left: number;
  bottom: number;
  /** What its letters stand on. */
  baseline: number;
}

/**
 * Read off letter by letter: a browser tells the boxes of a text's lines, but not which words are in which.
 *
 * @param style the computed one of the text; as `font` alone it would not say fonts with tabular figures
 */
export function textLines(text: Text, { fontStyle, fontWeight, fontSize, fontFamily }: CSSStyleDeclaration): TextLine[] {
  // Browsers lay out a line with whole pixels above what its letters stand on, and below.
  const up = Math.round(measure('', `${fontStyle} ${fontWeight} ${fontSize} ${fontFamily}`).fontBoundingBoxAscent);
  const lines: TextLine[] = [];
  const range = document.createRange();
  let at = 0;
  for (const letter of text.data) {
    range.setStart(text, at);
    range.setEnd(text, (at += letter.length));
    const box = range.getClientRects()[0];
    // A space that the page has folded away.
    if (!box || box.width === 0) continue;
    const line = lines.at(-1);
    if (line && box.bottom - line.bottom < box.height / 2) {
      line.words += letter;
      line.left = Math.min(line.left, box.left);
    } else if (letter.trim() !== '') lines.push({ words: letter, left: box.left, bottom: box.bottom, baseline: box.top + up });
  }
  return lines;
}

/** In pixels, on one line. */
export function widthOfText(words: string, font: string): number {
  return measure(words, font).width;
}

function measure(words: string, font: string): TextMetrics {
  const pen = document.createElement('canvas').getContext('2d')!;
  pen.font = font;
  return pen.measureText(words);
}
