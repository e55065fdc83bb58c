import { pipeline } from 'fastbert-web';

const loading = pipeline('text-classification', '/my-models/reviews', { speedup: 3 });

/** What a review comes to, the passage that speaks most for that, and whether all of it was read. */
export async function judge(review: string): Promise<{ label: string; because: string; isWhole: boolean }> {
  const classify = await loading;
  const [verdict] = await classify.trace([review]);
  const { label, windows = [], truncated } = verdict!;
  const answer = classify.info.labels.indexOf(label);
  // What each window alone says at the exit that answered.
  const said = windows.map(({ probabilities }) => probabilities.at(-1)![answer]!);
  const { start, end } = windows[said.indexOf(Math.max(...said))] ?? { start: 0, end: review.length };
  return { label, because: review.slice(start, end).trim(), isWhole: !truncated };
}
