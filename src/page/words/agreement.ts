/**
 * What figures say of a dev set that nobody labelled: what counts as right there is what another model says, so
 * they tell agreement with it. Fetched when such a model is loaded.
 */

import type { Words } from './en.js';
import type { Language } from './index.js';

/** Words that stand in the place of the page's own. */
type Agreement = Pick<Words, 'right' | 'wrong'> & {
  speed: Pick<Words['speed'], 'allLayers' | 'fewer' | 'hardlyAny'>;
  histogram: Pick<Words['histogram'], 'judged'>;
  curve: Pick<Words['curve'], 'now' | 'note' | 'table' | 'head' | 'summary'>;
  luha: Pick<Words['luha'], 'note' | 'under' | 'over' | 'last' | 'table' | 'head' | 'summary'>;
};

const number: (n: number) => string = new Intl.NumberFormat('en').format;

const en: Agreement = {
  right: 'in agreement',
  wrong: 'other answers',
  speed: {
    allLayers: (agreed) => `all layers, about ${agreed} agreement`,
    fewer: (times, agreed) => `${times}x fewer layers, about ${agreed} agreement`,
    hardlyAny: (agreed) => `hardly any layers, about ${agreed} agreement`,
  },
  histogram: { judged: '; in agreement below, other answers hatched on top' },
  curve: {
    now: (speed, agreed, depth, layers) => `At speed ${speed}: ${agreed} agreement, after ${depth} of ${layers} layers`,
    note: (now, n, low, high, layers) =>
      `${now}. Agreement, not accuracy: how often the answer is that of the model which this one was made from. On the dev ` +
      `set, n = ${number(n)}; the band is the 95 % interval (now ${low} to ${high}), the dashed line all ${layers} layers.`,
    table: 'Agreement and depth on the dev set by speed',
    head: ['Speed or model', 'layers', 'agreement', '95 % interval'],
    summary: (now) => `Agreement by mean depth on the dev set. ${now}.`,
  },
  luha: {
    note: (after, n) =>
      'The lower the uncertainty, the more often an exit says what the model says which this one was made from: that is what ' +
      `leaving early rests on. Here the exit ${after} answers the whole dev set, n = ${number(n)}. A step is the agreement in a ` +
      'tenth of the scale, its upright the 95 % interval; the texts in it are counted beneath. Thin lines are the other exits.',
    under: (speed, n, all, share, agreed, low, high) =>
      `Left of the line, at ${speed}, are ${number(n)} of ${number(all)} texts (${share}): so many leave here or have ` +
      `left before. On them this exit agrees in ${agreed} (95 % interval ${low} to ${high})`,
    over: (agreed) => `, and in ${agreed} of those beyond the line, which go on.`,
    last: (n, agreed, low, high) =>
      `Behind the last layer there is no gate: whatever comes this far is answered. On all ${number(n)} texts it agrees in ` +
      `${agreed} (95 % interval ${low} to ${high}).`,
    table: 'Agreement on the dev set by uncertainty',
    head: ['Uncertainty', 'texts', 'in agreement', 'agreement', '95 % interval'],
    summary: (exit, words) => `Agreement by uncertainty at ${exit}. ${words}`,
  },
};

const zh: Agreement = {
  right: '一致',
  wrong: '其他答案',
  speed: {
    allLayers: (agreed) => `计算所有层，一致率约 ${agreed}`,
    fewer: (times, agreed) => `层数减至 1/${times}，一致率约 ${agreed}`,
    hardlyAny: (agreed) => `几乎不计算任何层，一致率约 ${agreed}`,
  },
  histogram: { judged: '；下为一致，上方斜线为其他答案' },
  curve: {
    now: (speed, agreed, depth, layers) => `速度 ${speed}：一致率 ${agreed}，平均 ${depth} 层（共 ${layers} 层）`,
    note: (now, n, low, high, layers) =>
      `${now}。这是一致率，不是准确率：答案与原模型相同的比例。开发集，n = ${number(n)}；` +
      `色带为 95 % 区间（现为 ${low} 至 ${high}），虚线为计算全部 ${layers} 层。`,
    table: '开发集上各速度的一致率与深度',
    head: ['速度或模型', '层数', '一致率', '95 % 区间'],
    summary: (now) => `开发集上一致率随平均深度的变化。${now}。`,
  },
  luha: {
    note: (after, n) =>
      `不确定度越低，与原模型一致的比例越高：提前退出正是以此为据。图中由${after}的出口回答整个开发集，n = ${number(n)}。` +
      '每级台阶为该十分之一区间内的一致率，竖线为 95 % 区间，下方为文本数。细线为其他出口。',
    under: (speed, n, all, share, agreed, low, high) =>
      `竖线（${speed}）左侧有 ${number(n)} 条文本，共 ${number(all)} 条（${share}）：它们在此或更早退出。` +
      `此出口与原模型一致的占 ${agreed}（95 % 区间 ${low} 至 ${high}）`,
    over: (agreed) => `；右侧的继续向上，一致的占 ${agreed}。`,
    last: (n, agreed, low, high) =>
      `最后一层之后没有门控：走到这里的文本都会得到答案。全部 ${number(n)} 条中一致的占 ${agreed}（95 % 区间 ${low} 至 ${high}）。`,
    table: '开发集上各不确定度的一致率',
    head: ['不确定度', '文本数', '一致', '一致率', '95 % 区间'],
    summary: (exit, words) => `${exit}出口的一致率随不确定度的变化。${words}`,
  },
};

/** The page's words with these in their place. */
export function agreement(words: Words, language: Language): Words {
  const { speed, histogram, curve, luha, ...said } = { en, zh }[language];
  return {
    ...words,
    ...said,
    speed: { ...words.speed, ...speed },
    histogram: { ...words.histogram, ...histogram },
    curve: { ...words.curve, ...curve },
    luha: { ...words.luha, ...luha },
  };
}
