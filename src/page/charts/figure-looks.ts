/**
 * How a part of a figure looks, as attributes for a picture that has no stylesheet: colours become
 * hex and opacity, which every program reads, and only what differs from the parts around it is said.
 */

/** The properties that the figures use, as SVG attributes, with what a part has that nothing is said of. */
const INHERITED = {
  fill: '#000000',
  'fill-opacity': '1',
  stroke: 'none',
  'stroke-opacity': '1',
  'stroke-width': '1',
  'stroke-dasharray': 'none',
  'stroke-linecap': 'butt',
  'stroke-linejoin': 'miter',
  'paint-order': 'normal',
  'font-family': '',
  'font-size': '',
  'font-style': 'normal',
  'font-weight': '400',
  'font-variant': 'normal',
  'letter-spacing': 'normal',
  'text-anchor': 'start',
  'dominant-baseline': 'auto',
};
const OWN = { opacity: '1' };

export type Looks = Record<keyof typeof INHERITED | keyof typeof OWN, string>;

export const UNSAID: Looks = { ...INHERITED, ...OWN };
export const PROPERTIES = Object.keys(UNSAID) as (keyof Looks)[];

/** A computed style's value of a property. */
export type Computed = (property: string) => string;

/** @param computed as browsers give it: colours in any of their notations, lengths in px */
export function looks(computed: Computed): Looks {
  const found = { ...UNSAID };
  for (const property of PROPERTIES) {
    found[property] = computed(property).replaceAll(/(\d)px/g, '$1').replaceAll('"', "'");
  }
  for (const property of ['fill', 'stroke'] as const) {
    const { colour, opacity } = paint(computed(property));
    found[property] = colour;
    found[`${property}-opacity`] = short(Number(computed(`${property}-opacity`)) * opacity);
  }
  return found;
}

/** Text of a page is filled with its colour, from its left end, whatever is drawn around it. */
export function textLooks(computed: Computed): Looks {
  return { ...looks((property) => computed(property === 'fill' ? 'color' : property)), stroke: 'none', 'text-anchor': 'start' };
}

/** What must be said of a part, given what is said of the one around it. */
export function difference(part: Looks, around: Looks): Partial<Looks> {
  const said = PROPERTIES.filter((property) => part[property] !== (property in OWN ? UNSAID : around)[property]);
  return Object.fromEntries(said.map((property) => [property, part[property]]));
}

/** Whether nothing would be seen of a shape. */
export function isUnseen(part: Looks): boolean {
  const isEmpty = (property: 'fill' | 'stroke'): boolean => part[property] === 'none' || part[`${property}-opacity`] === '0';
  return part.opacity === '0' || (isEmpty('fill') && isEmpty('stroke'));
}

/** The id of what something is filled with, if that is no plain colour. */
export function referenceOf(fill: string): string | undefined {
  return /^url\(#(.+)\)$/.exec(fill)?.[1];
}

interface Paint {
  /** `#rrggbb`, `url(#id)` or none. */
  colour: string;
  opacity: number;
}

/** @param value a computed fill, stroke or color */
export function paint(value: string): Paint {
  const reference = /^url\("?[^"#)]*#([^")]+)"?\)/.exec(value)?.[1];
  if (reference !== undefined) return { colour: `url(#${reference})`, opacity: 1 };
  if (value === 'none') return { colour: 'none', opacity: 1 };
  const [, notation, list] = /^(rgba?\(|color\(srgb |oklab\()(.+)\)$/.exec(value) ?? [];
  const numbers = (list?.match(/-?[\d.]+(e-?\d+)?/g) ?? []).map(Number);
  if (numbers.length < 3) throw new TypeError(`No colour that a picture can have: ${value}`);
  const [a, b, c, opacity = 1] = numbers as [number, number, number, number?];
  const parts = notation!.startsWith('rgb') ? [a / 255, b / 255, c / 255] : notation === 'oklab(' ? fromOklab(a, b, c) : [a, b, c];
  return { colour: `#${parts.map(hex).join('')}`, opacity };
}

/** What color-mix(in oklab, …) computes to, in sRGB. (CSS Color 4, section 10.) */
function fromOklab(lightness: number, a: number, b: number): number[] {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ].map((x) => (x <= 0.0031308 ? 12.92 * x : 1.055 * x ** (1 / 2.4) - 0.055));
}

function hex(share: number): string {
  const byte = Math.round(255 * Math.min(1, Math.max(0, share)));
  return byte.toString(16).padStart(2, '0');
}

function short(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}
