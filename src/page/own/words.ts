/** What the view of one's own labels says. It comes with that view, in both languages. */

import { computed } from '@preact/signals';
import { language, type Language } from '../words/index.js';

const number: (n: number) => string = new Intl.NumberFormat('en').format;
const several = (n: number, noun: string): string => `${number(n)} ${noun}${n === 1 ? '' : 's'}`;

const en = {
  title: 'Your own labels',
  claim:
    'Name some labels, give each a few texts, and it learns them within a second or two. All of it stays on this device: ' +
    'nothing that you write is sent anywhere.',
  encoder: (size: string) => `It takes an encoder that was taught nothing yet, ${size}, which is fetched once when you begin.`,
  encoderHere: 'The encoder that it takes is on this device already.',
  start: 'Begin with nothing',
  tryExample: 'Or begin with an example',
  examples: { shop: 'messages to a shop', notes: 'notes of one\'s own', chinese: 'Chinese' },
  chineseNote:
    'The encoder has read English. Of Chinese it knows 247 characters and passes over the others: what it learns there rests on ' +
    'those, on punctuation and on length.',
  file: 'Open a file',
  folder: 'Open a folder',
  fileNote:
    '.txt, .csv or .tsv with texts (a column “text” and, if you have it, “label”), or a model package as .zip or folder. ' +
    'Or drop it here.',
  opening: 'Fetching the encoder …',
  loaded: (share: string) => `${share} of it`,

  newLabel: 'New label',
  addLabel: 'Add label',
  newText: (label: string) => `New texts under ${label}`,
  newUnlabelled: 'New texts without a label',
  textsHint: 'Type or paste; a line a text',
  add: 'Add',
  change: 'Change',
  changeLabel: (label: string) => `Change label ${label}`,
  name: 'Name',
  rename: 'Rename',
  mergeInto: 'Merge into',
  merge: 'Merge',
  takeAway: 'Take away',
  takeAwayNote: 'Its texts stay, without a label.',
  close: 'Close',
  edit: 'Edit',
  editText: (text: string) => `Edit: ${text}`,
  text: 'Text',
  label: 'Label',
  save: 'Save',
  cancel: 'Cancel',
  delete: 'Delete',
  undo: 'Undo',
  undone: 'All is as it was before.',
  deletedText: (text: string) => `Deleted: “${text}”.`,
  noLabel: 'without a label',
  showAll: (n: number) => `Show all ${number(n)}`,
  showAllLabels: (n: number) => `Show all ${number(n)} labels`,
  showFew: 'Show fewer',
  beyond: (n: number) => `${several(n, 'more text')} are in the file that you can save, and can be found above.`,
  find: 'Find a label or a text',
  notFound: 'No label and no text has that in it.',
  noTexts: 'No text yet.',
  saysInstead: (label: string, score: string) => `the others would say ${label}, ${score}`,

  learnt: (n: number) => `Learnt from ${several(n, 'text')}.`,
  right: (share: string, low: string, high: string) =>
    `On texts like these about ${share} are right (95 % interval ${low} to ${high}).`,
  few:
    'Found out by leaving out each text in turn. From fewer than 200 texts that promises too much, by up to 7 points; ' +
    'and texts unlike these may fare worse.',
  many: 'Found out by leaving out each text in turn; texts unlike these may fare worse.',
  nothingLost: (speed: string, depth: string, layers: number) =>
    `Up to speed ${speed} nothing is lost, and a text takes ${depth} of ${layers} layers.`,
  setSpeed: (speed: string) => `Set speed ${speed}`,
  confused: (right: string, said: string, n: number) => `Most often “${right}” is taken for “${said}”: ${n === 1 ? 'once' : `${number(n)} times`}.`,
  withoutTexts: (labels: string) => `Not learnt yet, for want of texts: ${labels}.`,
  andMore: (some: string, n: number) => `${some} and ${number(n)} more`,
  unread: (n: number) => `Nothing can be read of ${several(n, 'text')}: the encoder does not know the script.`,
  contradictions: (n: number) => `${several(n, 'text')} ${n === 1 ? 'stands' : 'stand'} under more than one label.`,
  reading: (done: number, of: number) => `Reading: ${number(done)} of ${number(of)} …`,
  fitting: 'Learning …',
  tooLittle: {
    'no labels': 'Name two labels to begin with.',
    'one label': 'One label tells nothing apart. Name another.',
    texts: (labels: string) => `It begins to learn once two labels have two texts each. Still short of texts: ${labels}.`,
  },
  unreadable:
    'Too little of this can be read: the encoder does not know the script of these texts. Two labels need two readable texts each.',

  doubts: 'It is least sure of these',
  doubtsNote: 'A label here teaches it more than one elsewhere. What it would say comes first.',
  doubt: (text: string) => `Label of: ${text}`,

  correction: 'Is it right?',
  correctionNote: 'Press what it is; that is learnt at once.',
  corrected: (label: string) => `Learnt as ${label}.`,
  correctIn: (text: string) => `What this is: ${text}`,

  take: 'Keep it, and take it with you',
  kept: 'Kept on this device: it is here when you come back.',
  notKept: 'This browser keeps nothing here. Save the texts as a file before you leave.',
  tsv: 'Save the texts (.tsv)',
  package: 'Save the model (.zip)',
  packing: 'Packing …',
  reveals:
    'The model\'s package holds no text, but the mean of each label\'s texts as the encoder reads them and, from a hundred ' +
    'texts on, in how many texts of each label each piece of a word stands. Rare words and names can be read from that: ' +
    'publish it only if you would publish those.',
  deleteAll: 'Delete all',
  reallyDelete: (n: number) => `Really delete the labels and ${several(n, 'text')}`,
  keep: 'Keep them',

  opened: (name: string) => `The model “${name}” is open; it answers below. What you teach is not lost.`,
  closePackage: 'Close it',

  added: (added: number, there: number) =>
    `${several(added, 'text')} added${there > 0 ? `; ${number(there)} ${there === 1 ? 'was' : 'were'} there already` : ''}.`,
  merged: (label: string, into: string) => `${label} is now part of ${into}.`,
  takenAway: (label: string) => `${label} is taken away. Its texts are under “without a label”.`,
  blankLabel: 'A label needs a name.',
  doubleLabel: (label: string) => `There is a label “${label}” already. To make one of two, merge them.`,
  blankText: 'There is no text in it.',
  elsewhere: 'Your labels are open in another tab. Close it there, then try again.',
  again: 'Try again',
  noZip: {
    none: () => 'This is no .zip, whatever its name says. Save it anew and try again.',
    'cut off': () => 'This .zip is cut off: its end is missing. Fetch or save it anew and try again.',
    damaged: (path: string) => `“${path}” in this .zip is damaged or encrypted. Save it anew, without a password, and try again.`,
    'too large': () => 'This .zip unpacks to more than 400 MB, and a model package takes some 20. Unpack it and choose the package\'s folder.',
  },
  notPlaced: 'This browser has no room for the package, or keeps nothing here, and can open it from there only. Free some space, or leave the private window, and try again.',
  noRoom: 'There is no room on this device to keep it. Free some space, and save the texts as a file before you leave.',
  advice: (what: string, todo: string) => `${what}. ${todo}`,
  noPackage: (what: string) => `This is no model package: ${what} is missing, or not what it should be.`,
};

type OwnWords = typeof en;

const zh: OwnWords = {
  title: '您自己的标签',
  claim: '起几个标签，每个给几条文本，一两秒内它便学会。一切都留在本机：您写的内容不会发送到任何地方。',
  encoder: (size) => `需要一个尚未学过任何任务的编码器（${size}），开始时下载一次。`,
  encoderHere: '所需的编码器已在本机。',
  start: '从零开始',
  tryExample: '或从示例开始',
  examples: { shop: '给商店的留言（英文）', notes: '自己的笔记（英文）', chinese: '中文' },
  chineseNote: '编码器读的是英文。中文它只认得 247 个字，其余一概略过：它只能凭这些字、标点和长短来学。',
  file: '打开文件',
  folder: '打开文件夹',
  fileNote: '含文本的 .txt、.csv 或 .tsv（列名为 text，可另有 label），或 .zip 或文件夹形式的模型包。也可拖放到这里。',
  opening: '正在下载编码器……',
  loaded: (share) => `已有 ${share}`,

  newLabel: '新标签',
  addLabel: '添加标签',
  newText: (label) => `${label}的新文本`,
  newUnlabelled: '无标签的新文本',
  textsHint: '输入或粘贴，每行一条',
  add: '添加',
  change: '更改',
  changeLabel: (label) => `更改标签 ${label}`,
  name: '名称',
  rename: '改名',
  mergeInto: '并入',
  merge: '合并',
  takeAway: '去掉',
  takeAwayNote: '其文本保留，变为无标签。',
  close: '关闭',
  edit: '编辑',
  editText: (text) => `编辑：${text}`,
  text: '文本',
  label: '标签',
  save: '保存',
  cancel: '取消',
  delete: '删除',
  undo: '撤销',
  undone: '一切已恢复原样。',
  deletedText: (text) => `已删除：“${text}”。`,
  noLabel: '无标签',
  showAll: (n) => `显示全部 ${number(n)} 条`,
  showAllLabels: (n) => `显示全部 ${number(n)} 个标签`,
  showFew: '少显示一些',
  beyond: (n) => `另有 ${number(n)} 条文本，见可保存的文件，也可在上方查找。`,
  find: '查找标签或文本',
  notFound: '没有包含此内容的标签或文本。',
  noTexts: '尚无文本。',
  saysInstead: (label, score) => `据其余文本会答 ${label}，${score}`,

  learnt: (n) => `已从 ${number(n)} 条文本中学习。`,
  right: (share, low, high) => `对类似文本，约 ${share} 正确（95 % 区间 ${low} 至 ${high}）。`,
  few: '此数由逐条留出得来。文本少于 200 条时会偏乐观，最多高出 7 个百分点；与这些不同的文本可能更差。',
  many: '此数由逐条留出得来；与这些不同的文本可能更差。',
  nothingLost: (speed, depth, layers) => `速度不超过 ${speed} 时毫无损失，每条文本平均用 ${layers} 层中的 ${depth} 层。`,
  setSpeed: (speed) => `设速度为 ${speed}`,
  confused: (right, said, n) => `最常见的混淆：把“${right}”当作“${said}”，${number(n)} 次。`,
  withoutTexts: (labels) => `因缺少文本尚未学习：${labels}。`,
  andMore: (some, n) => `${some}，以及另外 ${number(n)} 个`,
  unread: (n) => `有 ${number(n)} 条文本完全无法读取：编码器不认识其文字。`,
  contradictions: (n) => `有 ${number(n)} 条文本同时属于多个标签。`,
  reading: (done, of) => `正在读取：${number(done)} / ${number(of)}……`,
  fitting: '正在学习……',
  tooLittle: {
    'no labels': '请先起两个标签的名字。',
    'one label': '只有一个标签，无从区分。请再起一个。',
    texts: (labels) => `有两个标签各有两条文本后即开始学习。尚缺文本：${labels}。`,
  },
  unreadable: '可读的内容太少：编码器不认识这些文本的文字。需要两个标签各有两条可读的文本。',

  doubts: '它最没把握的文本',
  doubtsNote: '给这些加上标签，比给别的更有用。它自己的答案排在最前。',
  doubt: (text) => `此文本的标签：${text}`,

  correction: '答对了吗？',
  correctionNote: '按下正确的标签，立即学习。',
  corrected: (label) => `已学为“${label}”。`,
  correctIn: (text) => `此文本应为：${text}`,

  take: '保存与带走',
  kept: '已保存在本机，下次打开时仍在。',
  notKept: '此浏览器无法在此保存。离开前请把文本存为文件。',
  tsv: '保存文本（.tsv）',
  package: '保存模型（.zip）',
  packing: '正在打包……',
  reveals:
    '模型包里没有文本，但有每个标签的文本经编码器读出的均值；满一百条文本后，还有每个词片出现在各标签的多少条文本中。' +
    '罕见的词和人名可以由此看出：若不愿公开这些，请勿公开该包。',
  deleteAll: '全部删除',
  reallyDelete: (n) => `确认删除所有标签和 ${number(n)} 条文本`,
  keep: '保留',

  opened: (name) => `已打开模型“${name}”，由它在下方作答。您所教的并未丢失。`,
  closePackage: '关闭它',

  added: (added, there) => `已添加 ${number(added)} 条文本${there > 0 ? `；${number(there)} 条早已存在` : ''}。`,
  merged: (label, into) => `${label} 已并入 ${into}。`,
  takenAway: (label) => `已去掉 ${label}，其文本在“无标签”之下。`,
  blankLabel: '标签需要名称。',
  doubleLabel: (label) => `已有标签“${label}”。若要合二为一，请合并。`,
  blankText: '其中没有文本。',
  elsewhere: '您的标签已在另一个标签页中打开。请先关闭那里，再重试。',
  again: '重试',
  noZip: {
    none: () => '无论名称如何，这不是 .zip 文件。请重新保存后再试。',
    'cut off': () => '此 .zip 不完整：缺少结尾。请重新下载或保存后再试。',
    damaged: (path) => `此 .zip 中的“${path}”已损坏或加密。请不设密码重新保存后再试。`,
    'too large': () => '此 .zip 解压后超过 400 MB，而模型包约为 20 MB。请先解压，再选择模型包的文件夹。',
  },
  notPlaced: '此浏览器没有空间存放模型包，或不允许保存，而模型包只能从那里打开。请腾出空间或离开隐私窗口后重试。',
  noRoom: '本机没有空间保存。请腾出空间，并在离开前把文本存为文件。',
  advice: (what, todo) => `${what}。${todo}`,
  noPackage: (what) => `这不是模型包：${what} 缺失，或内容不符。`,
};

export const ownIn: Record<Language, OwnWords> = { en, zh };

/** In the language that the page speaks. */
export const ownWords = computed(() => ownIn[language.value]);
