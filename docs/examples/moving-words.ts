import { pipeline } from 'fastbert-web';

const loading = pipeline('text-classification', '/models/sst2', { speed: 0.3 });

/** The answer for a text, with the words that it rests on and, after them, those that speak against it. */
export async function movingWords(text: string): Promise<{ label: string; for: string[]; against: string[] }> {
  const classify = await loading;
  const [verdict] = await classify.trace([text], { words: true });
  const { label, exit, words } = verdict!;
  const moved = words!.parts.map(({ start, end, exits }) => ({
    word: text.slice(start, end),
    without: exits.find((one) => one.exit === exit)!.probability,
  }));
  const told = (sign: number): string[] =>
    moved.filter(({ without }) => sign * without > 0.05).toSorted((a, b) => sign * (b.without - a.without)).map(({ word }) => word);
  return { label, for: told(-1), against: told(1) };
}
