/** The page's typefaces with their files inside, for pictures: what is outside of a picture it cannot have. */

/**
 * Rules of a stylesheet for the families of a font list that the page brings itself. A file that cannot be had is
 * left out: the picture then has the next family of the list.
 *
 * @param families as a computed font-family
 */
export async function ownFonts(families: string): Promise<string> {
  const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
  const own = rules.filter((rule) => rule instanceof CSSFontFaceRule && families.includes(familyOf(rule)));
  const whole = await Promise.all(own.map((rule) => withFile(rule as CSSFontFaceRule).catch(() => '')));
  return whole.join('');
}

function familyOf({ style }: CSSFontFaceRule): string {
  return style.getPropertyValue('font-family').replaceAll(/["']/g, '');
}

async function withFile({ cssText, parentStyleSheet }: CSSFontFaceRule): Promise<string> {
  const [, address] = /url\("?([^")]+)"?\)/.exec(cssText)!;
  const response = await fetch(new URL(address!, parentStyleSheet!.href ?? document.baseURI));
  if (!response.ok) throw new TypeError(`${response.url}: ${response.status}`);
  const bytes = new Uint8Array(await response.arrayBuffer());
  const base64 = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  return cssText.replace(address!, `data:font/woff2;base64,${base64}`);
}
