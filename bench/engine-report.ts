/** The engine's figures as tables. */

import { KERNELS, ORT, type EngineRow, type Product } from './engine-figures.js';
import type { Table } from './table.js';

export function engineTable(rows: readonly EngineRow[]): Table {
  const columns: EngineRow['name'][] = [ORT, ...KERNELS];
  const cell = (of: number, name: EngineRow['name']): string => {
    const row = rows.find((one) => one.tokens === of && one.name === name);
    if (!row) return '';
    return row.p50.toFixed(2) + (name === ORT ? '' : `, ${row.ratio.toFixed(2)}x (${row.interval.map((one) => one.toFixed(2)).join('-')})`);
  };
  return {
    head: ['tokens', 'n', ...columns],
    rows: [...new Set(rows.map(({ tokens }) => tokens))].map((of) => [
      String(of),
      String(rows.find(({ tokens }) => tokens === of)!.n),
      ...columns.map((name) => cell(of, name)),
    ]),
  };
}

export function productTable(products: readonly Product[]): Table {
  const shapes = products.filter(({ kernel }) => kernel === KERNELS[0]);
  return {
    head: ['product', 'rows', ...KERNELS],
    rows: shapes.map(({ inputs, outputs, rows }) => [
      `${inputs} x ${outputs}`,
      String(rows),
      ...KERNELS.map((kernel) => {
        const found = products.find((one) => one.kernel === kernel && one.inputs === inputs && one.outputs === outputs);
        return found ? `${found.speed.toFixed(0)} of ${found.peak.toFixed(0)} (${((100 * found.speed) / found.peak).toFixed(0)} %)` : '';
      }),
    ]),
  };
}
