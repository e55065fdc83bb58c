import { pipeline } from 'fastbert-web';

const loading = pipeline('text-classification', '/my-models/pairs', { speed: 0.3 });

/** Of questions that have an answer, the one that asks the same as somebody's own; undefined where none does. */
export async function sameQuestion(own: string, answered: string[]): Promise<string | undefined> {
  const classify = await loading;
  const verdicts = await classify(answered.map((text_pair) => ({ text: own, text_pair })));
  return answered.find((_, i) => verdicts[i]!.label === 'the same');
}
