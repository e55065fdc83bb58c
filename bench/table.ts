/** A table of a report, however it is shown. */
export interface Table {
  head: readonly string[];
  rows: readonly (readonly string[])[];
}

/** Columns of one width, names to the left and numbers to the right. */
export function aligned({ head, rows }: Table): string {
  const lines = [head, ...rows];
  const widths = head.map((_, i) => Math.max(...lines.map((line) => line[i]!.length)));
  return lines
    .map((line) => line.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join('  '))
    .join('\n');
}
