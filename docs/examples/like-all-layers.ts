import { pipeline } from 'fastbert-web';
import { forAgreement } from 'fastbert-web/core';

const loading = pipeline('text-classification', '/models/ag_news', { agreement: 0.99 });

/** Topics of stories, for all but one in a hundred those that all layers would say; and what vouches for that. */
export async function topicsOf(stories: string[]): Promise<{ topics: string[]; proof: string }> {
  const classify = await loading;
  const topics = (await classify(stories)).map(({ label }) => label);
  const { n, needed, differing, meanDepth, confidence } = forAgreement(classify.info.calibration, 0.99)!;
  const proof =
    n < needed
      ? `all layers: ${n} dev texts prove nothing, it takes ${needed}`
      : `${meanDepth.toFixed(1)} layers, with ${100 * confidence} % confidence: ${differing} of ${n} dev texts might differ`;
  return { topics, proof };
}
