import { pipeline } from 'fastbert-web';

const loading = pipeline('text-classification', '/my-models/requests', { speed: 0.1 });

/** Everything that a message asks for, and what a person should look at. */
export async function requestsIn(message: string): Promise<{ asked: string[]; unclear: string[] }> {
  const classify = await loading;
  const [verdict] = await classify.trace([message]);
  const unclear = classify.info.labels.filter((_, i) => verdict!.labelUncertainties![i]! > 0.5);
  return { asked: verdict!.labels.filter((label) => !unclear.includes(label)), unclear };
}
