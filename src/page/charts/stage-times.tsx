/** How fast is it here? A text's measured stages side by side, to scale. */

import { milliseconds } from '../wording.js';
import { segments, type StageTable } from './stage-parts.js';
import { useWidth } from './use-width.js';

const height = 34;

export function StageTimes({ table, summary }: { table: StageTable; summary: string }) {
  const { ref, width } = useWidth<HTMLDivElement>(360);
  const shown = segments(table.parts, table.whole, width);
  const neededWidth = (table.needed / table.whole) * width;
  return (
    <div class="stages" ref={ref}>
      <svg width={width} height={height} role="img" aria-label={summary}>
        {shown.map((part) => (
          <g key={`${part.name} ${part.needed}`} class={`stage ${part.kind}${part.needed ? '' : ' idle'}`}>
            <rect x={part.x} y={0} width={Math.max(0, part.width - 1)} height={height}>
              <title>{`${part.name}: ${milliseconds(part.milliseconds)}`}</title>
            </rect>
            {part.width > 16 && (
              <text x={part.x + part.width / 2 - 0.5} y={height / 2 + 4} text-anchor="middle">
                {short(part.name, part.width)}
              </text>
            )}
          </g>
        ))}
        {table.needed < table.whole && (
          <line class="left-here" x1={neededWidth - 0.5} x2={neededWidth - 0.5} y1={0} y2={height} />
        )}
      </svg>
      <ul class="legend">
        {table.parts.map(({ name, kind, needed, milliseconds: time }) => (
          <li key={`${name} ${needed}`} class={`stage ${kind}${needed ? '' : ' idle'}`}>
            <svg width="12" height="12" aria-hidden="true">
              <rect x="0.5" y="0.5" width="11" height="11" />
            </svg>{' '}
            {name} <span>{milliseconds(time)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** A stage's name as far as it fits: "layer 3" in a narrow segment is "3". */
function short(name: string, width: number): string {
  if (width > 7 * name.length + 6) return name;
  return /\d+$/.exec(name)?.[0] ?? '';
}
