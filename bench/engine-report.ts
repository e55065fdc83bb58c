/** The engine's figures as tables. */

import { KERNELS, ORT, type EngineFigures, type EngineRow } from './engine-figures.js';

export function enginePart({ rows, products }: EngineFigures): string {
  const tokens = [...new Set(rows.map((row) => row.tokens))];
  const cell = (of: number, name: EngineRow['name']): string => {
    const row = rows.find((one) => one.tokens === of && one.name === name);
    if (!row) return '';
    const against = name === ORT ? '' : `, ${row.ratio.toFixed(2)}x (${row.interval.map((one) => one.toFixed(2)).join('-')})`;
    return `${row.p50.toFixed(2)}${against}`;
  };
  const columns: EngineRow['name'][] = [ORT, ...KERNELS];
  return [
    `| tokens | n | ${columns.join(' | ')} |`,
    `|---|---|${columns.map(() => '---|').join('')}`,
    ...tokens.map((of) => `| ${of} | ${rows.find((row) => row.tokens === of)!.n} | ${columns.map((name) => cell(of, name)).join(' | ')} |`),
    '',
    '| product | rows | ' + KERNELS.join(' | ') + ' |',
    '|---|---|' + KERNELS.map(() => '---|').join(''),
    ...shapesOf(products).map(({ inputs, outputs, rows: many }) => {
      const cells = KERNELS.map((kernel) => {
        const found = products.find((one) => one.kernel === kernel && one.inputs === inputs && one.outputs === outputs);
        return found ? `${found.speed.toFixed(0)} of ${found.peak.toFixed(0)} (${((100 * found.speed) / found.peak).toFixed(0)} %)` : '';
      });
      return `| ${inputs} x ${outputs} | ${many} | ${cells.join(' | ')} |`;
    }),
  ].join('\n');
}

function shapesOf(products: EngineFigures['products']): EngineFigures['products'] {
  return products.filter(({ kernel }) => kernel === KERNELS[0]);
}
