/** Inside a gate: a row of bars a class, from logit to probability to its part of the uncertainty, and the parts end to end under the speed. */

import { words } from '../words/index.js';
import { laterWords } from '../words/later/index.js';
import { logitShare, stackOf, type GateRow } from './gate-parts.js';
import { useWidth } from './use-width.js';

interface GateSumProps {
  rows: readonly GateRow[];
  /** Of a class, by its number; of all others together. */
  nameOf(row: GateRow): string;
  /** Whether labels are each right or not: then the greatest part decides, and nothing is added up. */
  each: boolean;
  uncertainty: number;
  /** Undefined behind the last layer, where nothing is held against it. */
  speed: number | undefined;
  summary: string;
}

const ROW = 34;
const BAR = 12;
const HEAD = 20;
const FORMULA = 22;
const STACK = 18;
/** Room for a number behind its bar. */
const NUMBER = 40;
const GAP = 10;

export function GateSum({ rows, nameOf, each, uncertainty, speed, summary }: GateSumProps) {
  const { ref, width } = useWidth<HTMLDivElement>(360);
  const { gate: said } = laterWords.value;
  const column = (width - 2 * GAP) / 3;
  const starts = [0, column + GAP, 2 * (column + GAP)] as const;
  const most = column - NUMBER;
  const formulas = HEAD + rows.length * ROW + FORMULA;
  const top = formulas + 26;
  const height = top + STACK + 24;
  const x = (share: number): number => 0.5 + share * (width - 1);
  return (
    <div class="plot" ref={ref} style={{ height: `${height}px` }}>
      <svg width={width} height={height} role="img" aria-label={summary}>
        <g class="axes">
          {[said.score, said.probability, each ? said.own : said.part].map((name, i) => (
            <text key={name} x={starts[i]!} y={13}>
              {name}
            </text>
          ))}
          {(each ? said.eachFormulas : said.formulas).map((formula, i) => (
            <text key={formula} class="formula" x={starts[i]!} y={formulas}>
              {formula}
            </text>
          ))}
        </g>
        {rows.map((row, i) => {
          const { label, logit, probability, part } = row;
          const y = HEAD + i * ROW;
          const bars = [
            { kind: 'logit', share: logit === undefined ? 0 : logitShare(logit), number: logit === undefined ? '' : logit.toFixed(2).replace('-', '−') },
            { kind: 'belief', share: probability, number: probability.toFixed(3) },
            { kind: 'part', share: Math.min(1, part), number: part.toFixed(3) },
          ];
          return (
            <g key={label}>
              <text class="class-name" x={0} y={y + 13}>
                {nameOf(row)}
              </text>
              {bars.map(({ kind, share, number }, k) => (
                <g key={kind}>
                  <rect class="track" x={starts[k]} y={y + 18} width={Math.max(0, most)} height={BAR} />
                  <rect class={kind} x={starts[k]} y={y + 18} width={Math.max(0, share * most)} height={BAR} />
                  <text x={starts[k]! + Math.max(0, most) + 4} y={y + 18 + BAR - 2}>
                    {number}
                  </text>
                </g>
              ))}
            </g>
          );
        })}
        <rect class="track" x={x(0)} y={top} width={x(1) - x(0)} height={STACK} />
        {each ? (
          <rect class="part" x={x(0)} y={top} width={x(uncertainty) - x(0)} height={STACK} />
        ) : (
          stackOf(rows).map(({ label, from, to }) => <rect key={label} class="part" x={x(from)} y={top} width={Math.max(0, x(to) - x(from) - 1)} height={STACK} />)
        )}
        <g class="axes">
          {[0, 0.5, 1].map((share) => (
            <text key={share} x={x(share)} y={top + STACK + 16} text-anchor={share === 0 ? 'start' : share === 1 ? 'end' : 'middle'}>
              {share}
            </text>
          ))}
        </g>
        {speed !== undefined && (
          <>
            <line class="threshold" x1={x(speed)} x2={x(speed)} y1={top - 5} y2={top + STACK + 5} />
            <text class="threshold-name" x={x(speed)} y={top - 8} text-anchor={speed < 0.2 ? 'start' : speed > 0.8 ? 'end' : 'middle'}>
              {words.value.speed.is(speed.toFixed(2))}
            </text>
          </>
        )}
      </svg>
    </div>
  );
}
