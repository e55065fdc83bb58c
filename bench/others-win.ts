/**
 * Where something else is faster or more accurate than this library, from a report's own figures, so
 * that none can be passed over. Means are compared, however near they are.
 */

export interface Entry {
  name: string;
  /** Milliseconds, or bytes: the less the better. */
  cost: number;
  accuracy?: number | undefined;
}

/** What was run side by side. */
export interface Column {
  /** Which column, where a table has several. */
  at?: string;
  entries: readonly Entry[];
}

const isOurs = ({ name }: Entry): boolean => /^speed(up)? /.test(name);

/** The strongest first. */
const WINS = {
  both: (less: string) => `${less} and no less accurate`,
  less: (less: string) => less,
  accurate: () => 'more accurate',
};

/**
 * A sentence for each other contestant that wins anywhere.
 *
 * @param less how it is called to cost less
 */
export function othersWin(columns: readonly Column[], less = 'faster'): string[] {
  const [others, own] = [false, true].map((ours) => columns[0]!.entries.filter((entry) => isOurs(entry) === ours));
  return others!.flatMap(({ name }) => {
    const parts = Object.entries(WINS).flatMap(([win, words]) => {
      const over = own!.flatMap((ours) => {
        const at = columns.filter(({ entries }) => howItWins(named(name, entries), named(ours.name, entries)) === win);
        return at.length > 0 ? [ours.name + (at.length < columns.length ? ` (${at.map((column) => column.at).join(', ')})` : '')] : [];
      });
      return over.length > 0 ? [`${words(less)} than ${over.join(', ')}`] : [];
    });
    return parts.length > 0 ? [`*${name}*: ${parts.join('; ')}.`] : [];
  });
}

function named(name: string, entries: readonly Entry[]): Entry {
  return entries.find((entry) => entry.name === name)!;
}

function howItWins(other: Entry, own: Entry): keyof typeof WINS | undefined {
  const isLess = other.cost < own.cost;
  if (other.accuracy === undefined || own.accuracy === undefined) return isLess ? 'less' : undefined;
  if (isLess) return other.accuracy >= own.accuracy ? 'both' : 'less';
  return other.accuracy > own.accuracy ? 'accurate' : undefined;
}
