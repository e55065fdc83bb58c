/** The picture that a link to the page is shown with: its name, its claim, and a recorded run as the page draws it. */

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { replay, uniform } from '../src/core/index.js';
import { depthX, shareY } from '../src/page/charts/plane.js';
import { trajectoryPaths } from '../src/page/charts/trajectory-paths.js';
import type { RecordedRun } from '../src/page/tasks/task.js';
import { en } from '../src/page/words/en.js';

export const CARD = { width: 1200, height: 630 };
const AREA = { left: 620, right: 1140, top: 90, bottom: 500 };
const RECORDED = path.join(path.dirname(import.meta.dirname), 'src/page/tasks/recorded/sst2.json');

export function socialCard(): string {
  const { samples, layers, speed } = JSON.parse(readFileSync(RECORDED, 'utf8')) as RecordedRun;
  const line = shareY(speed, AREA);
  const lines = samples.map(({ trajectory }) => {
    const left = replay(trajectory, uniform(speed, layers))!;
    const { taken, beyond } = trajectoryPaths(trajectory, left, AREA, layers);
    return `<path class="beyond" d="${beyond}"/><path class="taken" d="${taken}"/>
      <circle cx="${depthX(left.exit, AREA, layers)}" cy="${shareY(left.uncertainty, AREA)}" r="13"/>`;
  });
  const ticks = Array.from({ length: layers + 1 }, (_, exit) =>
    `<text class="tick" x="${depthX(exit, AREA, layers)}" y="${AREA.bottom + 42}">${en.exit.tick(exit)}</text>`,
  );
  const claim = ['Text classification', 'that stops thinking', 'when it is sure.'].map(
    (words, i) => `<text class="claim" x="70" y="${300 + 56 * i}">${words}</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${CARD.width} ${CARD.height}">
    <style>
      text { font-family: system-ui, sans-serif; fill: #1e1a21 }
      .name { font-size: 72px; font-weight: 750; letter-spacing: -3px }
      .name tspan { fill: #7a2e73; font-weight: 350 }
      .claim { font-size: 44px }
      .tick { font-size: 24px; fill: #615a67; text-anchor: middle }
      .line-name { font-size: 28px; fill: #7a2e73 }
      circle { fill: #1e1a21 }
      path { fill: none; stroke: #1e1a21; stroke-width: 5; stroke-linejoin: round; stroke-linecap: round }
      .beyond { stroke-dasharray: 3 12; opacity: 0.45 }
      .threshold { stroke: #7a2e73; stroke-width: 6 }
    </style>
    <rect width="${CARD.width}" height="${CARD.height}" fill="#f8f6f8"/>
    <rect x="${AREA.left}" y="${line}" width="${AREA.right - AREA.left}" height="${AREA.bottom - line}" fill="#7a2e73" opacity="0.09"/>
    <text class="name" x="66" y="190">fastbert<tspan>-web</tspan></text>
    ${claim.join('')}
    <text class="tick" style="text-anchor:start" x="70" y="${AREA.bottom + 42}">WebGPU and WASM, in your browser</text>
    ${lines.join('')}${ticks.join('')}
    <path class="threshold" d="M${AREA.left},${line}H${AREA.right}"/>
    <text class="line-name" x="${AREA.right}" y="${line - 16}" text-anchor="end">${en.speed.is(String(speed))}</text>
  </svg>`;
}
