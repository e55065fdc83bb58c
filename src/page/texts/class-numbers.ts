/** What a label cell says: for the page's files as for those that the bench evaluates on. */

import type { ProblemType } from '../../core/index.js';

/**
 * A reader of label cells. A cell holds a class's name, in any case, or its number from 0; for a
 * multi-label model several, with | between, or none. It gives the numbers of the classes in order,
 * each once, or undefined where one of them is none of the model's.
 */
export function classNumbers(names: readonly string[], problemType: ProblemType): (cell: string) => number[] | undefined {
  const known = new Map<string, number>();
  names.forEach((_, number) => known.set(String(number), number));
  names.forEach((name, number) => known.set(name.toLowerCase(), number));
  // Names that differ by case only are told apart by it.
  names.forEach((name, number) => known.set(name, number));
  return (cell) => {
    const several = problemType === 'multi_label_classification';
    const found = (several ? cell.split('|').filter(Boolean) : [cell]).map((one) => known.get(one) ?? known.get(one.toLowerCase()));
    const numbers = new Set(found.filter((number) => number !== undefined));
    return found.includes(undefined) ? undefined : [...numbers].toSorted((a, b) => a - b);
  };
}
