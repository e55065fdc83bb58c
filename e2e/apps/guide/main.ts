import { watchTone } from '../../../docs/examples/comment-box.js';
import { follow } from '../../../docs/examples/follow-lines.js';
import { offlineButton } from '../../../docs/examples/keep-offline.js';
import { topicsOf } from '../../../docs/examples/like-all-layers.js';
import { judge } from '../../../docs/examples/long-text.js';
import { movingWords } from '../../../docs/examples/moving-words.js';
import { route } from '../../../docs/examples/route-message.js';
import { sameQuestion } from '../../../docs/examples/same-question.js';
import { requestsIn } from '../../../docs/examples/several-labels.js';
import { tag } from '../../../docs/examples/tag-csv.js';
import { learn } from '../../../docs/examples/teach-labels.js';

const find = <E extends Element>(selector: string): E => document.querySelector<E>(selector)!;

watchTone(find('textarea'), find('#hint'));

find('#message').addEventListener('change', async () => {
  find('#desk').textContent = await route(find<HTMLInputElement>('#message').value);
});

find('#request').addEventListener('change', async () => {
  const { asked, unclear } = await requestsIn(find<HTMLInputElement>('#request').value);
  find('#asked').textContent = `asked for ${asked.toSorted().join(', ')}; ${unclear.length} unclear`;
});

find('#question').addEventListener('change', async () => {
  const answered = ['my coat is blue', 'they painted the wall red'];
  find('#same').textContent = (await sameQuestion(find<HTMLInputElement>('#question').value, answered)) ?? 'none';
});

find('#review').addEventListener('change', async () => {
  const { label, because, isWhole } = await judge(find<HTMLInputElement>('#review').value);
  find('#judged').textContent = `${label}: ${because}${isWhole ? '' : ' …'}`;
});

find('#opinion').addEventListener('change', async () => {
  const { label, for: pro, against } = await movingWords(find<HTMLInputElement>('#opinion').value);
  find('#words').textContent = `${label}: ${pro.join(', ')}; against: ${against.join(', ')}`;
});

find('#story').addEventListener('change', async () => {
  const { topics, proof } = await topicsOf([find<HTMLInputElement>('#story').value]);
  find('#topic').textContent = `${topics.join()}; ${proof}`;
});

find('#news').addEventListener('change', async () => {
  const csv = await find<HTMLInputElement>('#news').files![0]!.text();
  find('pre').textContent = await tag(csv, 'text', (done, all) => {
    find<HTMLProgressElement>('progress').value = done / all;
  });
});

find('#lines').addEventListener('change', async () => {
  await follow(find<HTMLInputElement>('#lines').files![0]!, (topic) => {
    find('ol').append(Object.assign(document.createElement('li'), { textContent: topic }));
  });
});

find('#teach').addEventListener('click', async () => {
  const folders = {
    refunds: ['I want my money back', 'Please refund the order', 'The refund has not arrived yet', 'Return the amount to my card'],
    thanks: ['Thank you so much', 'Wonderful service, thanks', 'I am very happy with it', 'Great, many thanks to all of you'],
  };
  const sort = await learn(folders, (what) => (find('#learnt').textContent = what));
  const [best] = await sort('When do I get my money back?');
  find('#folder').textContent = best!.label;
});

void offlineButton(find('#offline'));
