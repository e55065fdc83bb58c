/** What a label cell says: for the page's files as for those that the bench evaluates on. */

import type { ProblemType } from '../../core/index.js';

/**
 * A reader of label cells, by the rules in docs/tables.md. A cell holds a class's name, in any case if that
 * leaves no doubt, or, unless a class is called by a number, its number from 0; for a multi-label model
 * several, with | between, or none. It gives the numbers of the classes in order, each once, or undefined
 * where one of them is none of the model's.
 */
export function classNumbers(names: readonly string[], problemType: ProblemType): (cell: string) => number[] | undefined {
  const exact = new Map<string, number>();
  if (!names.some((name) => /^[+-]?\d+$/.test(name))) names.forEach((_, number) => exact.set(String(number), number));
  names.forEach((name, number) => exact.set(name, number));
  const inAnyCase = new Map<string, number | undefined>();
  names.forEach((name, number) => {
    const key = name.toLowerCase();
    inAnyCase.set(key, inAnyCase.has(key) ? undefined : number);
  });
  return (cell) => {
    const several = problemType === 'multi_label_classification';
    const labels = several ? cell.split('|').map((label) => label.trim()).filter(Boolean) : [cell.trim()];
    const found = labels.map((label) => exact.get(label) ?? inAnyCase.get(label.toLowerCase()));
    const numbers = new Set(found.filter((number) => number !== undefined));
    return found.includes(undefined) ? undefined : [...numbers].toSorted((a, b) => a - b);
  };
}
