import { teach, type TextClassificationPipeline } from 'fastbert-web';

/** Learns a folder's name from the messages that lie in it, and gives what sorts further ones. */
export async function learn(folders: Record<string, string[]>, say: (what: string) => void): Promise<TextClassificationPipeline> {
  const teacher = await teach('/models/general', { labels: Object.keys(folders), name: 'folders' });
  for (const [label, messages] of Object.entries(folders)) teacher.add(messages, label);
  const { exits, measured } = await teacher.fit({ onProgress: ({ status, done, of }) => say(`${status} ${done} of ${of}`) });
  const { accuracy, interval } = exits.at(-1)!;
  const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;
  say(`learnt from ${measured} messages; of those like them about ${percent(accuracy)} right (${percent(interval[0])} to ${percent(interval[1])})`);
  const sort = teacher.pipeline({ speed: 0.3 });
  await teacher.dispose();
  return sort;
}
