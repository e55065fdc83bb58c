/** Three things to begin with, each with texts that have a label and some that wait for one. All were written for this page. */

export interface Example {
  id: 'shop' | 'notes' | 'chinese';
  /** Label and text. */
  texts: readonly (readonly [label: string, text: string])[];
  unlabelled: readonly string[];
  /** One that it was not taught, to try. */
  tries: string;
}

const shop: Example = {
  id: 'shop',
  texts: [
    ['order', 'Please send me two of the blue mugs.'],
    ['order', 'I would like to order the large teapot in green.'],
    ['order', 'Can you put three more cushions on my order?'],
    ['order', 'One pair of the wool socks, size 40, to my usual address.'],
    ['order', 'Add a gift box to what I bought this morning, please.'],
    ['order', 'I will take the lamp, and the shade that goes with it.'],
    ['order', 'Book me the last walnut chair that you have.'],
    ['order', 'Six candles and a tray, sent to my office.'],
    ['complaint', 'The plate came in four pieces.'],
    ['complaint', 'This is the second time that you sent the wrong colour.'],
    ['complaint', 'I have been waiting for three weeks and nobody answers.'],
    ['complaint', 'The zip broke on the first day. I want my money back.'],
    ['complaint', 'You charged me twice for one teapot.'],
    ['complaint', 'The lamp smells of glue and flickers all the time.'],
    ['complaint', 'Your driver threw the parcel over the fence, and it is ruined.'],
    ['complaint', 'Not what the picture promised. I am disappointed.'],
    ['question', 'Do you deliver on Saturdays?'],
    ['question', 'Is the mug safe in a dishwasher?'],
    ['question', 'How long does shipping to Norway take?'],
    ['question', 'What are the sizes of the linen shirt?'],
    ['question', 'When will the walnut chair be back in stock?'],
    ['question', 'Which glue do you recommend for this vase?'],
    ['question', 'May I pay by invoice?'],
    ['question', 'Where can I see your lamps in person?'],
  ],
  unlabelled: [
    'Why is my parcel still not here?',
    'Could I have the same cushion again, in red?',
    'The handle is loose, how do I tighten it?',
    'I want to change my order from two mugs to four.',
    'Is it normal that the wool smells like this?',
    'Send the invoice again, the first one is wrong.',
  ],
  tries: 'The teapot leaks, and I would like another one.',
};

const notes: Example = {
  id: 'notes',
  texts: [
    ['to do', 'Call the dentist before Friday.'],
    ['to do', 'Return the library books.'],
    ['to do', 'Renew the passport, photos first.'],
    ['to do', 'Buy paint for the hallway.'],
    ['to do', 'Send Mira the pictures.'],
    ['to do', 'Water the plants on the balcony tonight.'],
    ['to do', 'Fix the rear light of the bicycle.'],
    ['idea', 'What if the shop showed the weather on its door?'],
    ['idea', 'A cookbook sorted by how tired one is.'],
    ['idea', 'One could grow tomatoes along the fire stairs.'],
    ['idea', 'A game in which the map draws itself as you talk.'],
    ['idea', 'A lamp that gets warmer in colour towards midnight.'],
    ['idea', 'Maybe a choir for people who cannot sing.'],
    ['idea', 'Lend out tools in the stairwell, like a library.'],
    ['diary', 'Walked along the river until it got dark.'],
    ['diary', 'Slept badly, and was short with everybody.'],
    ['diary', 'Grandmother told the story of the red coat again.'],
    ['diary', 'First frost today; the window was full of ferns.'],
    ['diary', 'We laughed so much at dinner that the neighbours came.'],
    ['diary', 'Felt lonely in the afternoon, better after the call.'],
    ['diary', 'The exam went well, I think.'],
  ],
  unlabelled: [
    'Wrote to Jonas at last, and felt lighter.',
    'A calendar with only the days that matter.',
    'Ask about the noise in the cellar.',
    'Should plant the bulbs soon.',
    'Dreamt of a house with too many doors.',
  ],
  tries: 'Bring the coat to the tailor.',
};

const chinese: Example = {
  id: 'chinese',
  texts: [
    ['下单', '我要买两个大的。'],
    ['下单', '请给我来三本书。'],
    ['下单', '我要一个红的，一个白的。'],
    ['下单', '请再加一个小的。'],
    ['下单', '这个我要了，请发到公司。'],
    ['下单', '给我来十个，明天要。'],
    ['下单', '我要买一个新的给我妈妈。'],
    ['不满', '东西是坏的，我不要了。'],
    ['不满', '等了三天还没有到，太慢了。'],
    ['不满', '这不是我要的，你们发错了。'],
    ['不满', '用了一天就坏了，不好用。'],
    ['不满', '没有人回我，太不好了。'],
    ['不满', '大小不对，上面还有水。'],
    ['不满', '我很不高兴，请还我钱。'],
    ['咨询', '这个有大的吗？'],
    ['咨询', '什么时候能到？'],
    ['咨询', '你们星期日开门吗？'],
    ['咨询', '这个可以用几年？'],
    ['咨询', '请问怎么用？'],
    ['咨询', '到北京要几天？'],
    ['咨询', '有没有白色的？'],
  ],
  unlabelled: ['为什么还没有到？', '我要再买一个一样的。', '水是从哪里来的？', '可以不要了吗？'],
  tries: '这个什么时候有新的？',
};

export const examples: readonly [Example, ...Example[]] = [shop, notes, chinese];
