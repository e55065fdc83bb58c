/** A task's speed-accuracy plot as an SVG file: early exit as lines, static models as points. */

import { apart } from '../src/page/charts/apart.js';
import { polyline } from '../src/page/charts/polyline.js';

export interface PlotPoint {
  meanDepth: number;
  accuracy: number;
}

export interface PlotLine {
  name: string;
  points: readonly PlotPoint[];
}

export interface NamedPoint extends PlotPoint {
  name: string;
}

const WIDTH = 720;
const HEIGHT = 400;
const AREA = { left: 56, right: WIDTH - 150, top: 32, bottom: HEIGHT - 48 };
const COLOURS = ['#0072B2', '#7A3E9D', '#D55E00', '#00735C'];

/** @param lastExit L: the x axis goes from no layer to all of them */
export function plot(title: string, lines: readonly PlotLine[], points: readonly NamedPoint[], lastExit: number): string {
  const all = [...lines.flatMap((one) => one.points), ...points].map(({ accuracy }) => accuracy);
  const low = Math.floor(Math.min(...all) * 50) / 50;
  const high = Math.ceil(Math.max(...all) * 50) / 50;
  const x = ({ meanDepth }: PlotPoint): number =>
    AREA.left + (meanDepth / lastExit) * (AREA.right - AREA.left);
  const y = ({ accuracy }: PlotPoint): number =>
    AREA.bottom - ((accuracy - low) / (high - low)) * (AREA.bottom - AREA.top);
  const ticks = Array.from({ length: Math.round((high - low) * 50) + 1 }, (_, i) => low + i / 50);
  const path = (some: readonly PlotPoint[]): string => polyline(some.map((point) => [x(point), y(point)]));
  const middle = (AREA.left + AREA.right) / 2;
  const parts = [
    ...ticks.map((tick) => {
      const at = y({ accuracy: tick, meanDepth: 0 }).toFixed(1);
      return `<path d="M${AREA.left} ${at}H${AREA.right}" stroke="#ddd"/>${text(AREA.left - 8, Number(at) + 4, `${Math.round(100 * tick)} %`, 'end')}`;
    }),
    ...Array.from({ length: lastExit + 1 }, (_, depth) =>
      text(x({ meanDepth: depth, accuracy: 0 }), AREA.bottom + 18, String(depth), 'middle'),
    ),
    text(middle, HEIGHT - 10, 'layers a text, on average', 'middle'),
    text(8, 18, 'right on the test set', 'start'),
    ...lines.map((one, i) => `<path d="${path(one.points)}" fill="none" stroke="${colour(i)}" stroke-width="2"/>`),
    ...points.map((point) => `<circle cx="${x(point).toFixed(1)}" cy="${y(point).toFixed(1)}" r="4" fill="#333"/>`),
    ...lines.map((one, i) => text(AREA.right + 8, AREA.top + 12 + i * 18, one.name, 'start', colour(i))),
    ...apart(points.map((point) => ({ name: point.name, x: x(point), y: y(point) }))).map((label) =>
      text(label.x + 8, label.y + 4, label.name, 'start', '#333'),
    ),
  ];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12" role="img">`,
    `<title>${escape(title)}</title>`,
    // GitHub shows it in dark pages too.
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    ...parts,
    '</svg>\n',
  ].join('\n');
}

function colour(i: number): string {
  return COLOURS[i % COLOURS.length]!;
}

function text(x: number, y: number, words: string, anchor: string, fill = '#555'): string {
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}" fill="${fill}">${escape(words)}</text>`;
}

function escape(words: string): string {
  return words.replace(/&/g, '&amp;').replace(/</g, '&lt;');
}
