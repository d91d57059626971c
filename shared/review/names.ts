/** Where a text may name somebody or something, by its form: a surname with what follows it, a place, a term in marks. */

export interface Stretch {
  /** UTF-16 units, `to` exclusive. */
  from: number;
  to: number;
}

/** Surnames of one character that are common, and seldom another word. */
const plain =
  '李王刘杨赵吴徐朱郭郑罗宋唐韩冯邓曹彭肖萧董袁潘蒋蔡杜魏吕丁沈姚卢姜崔谭汪廖韦贾傅邹孟秦邱尹薛闫阎侯黎郝龚邵覃戴汤葛耿柳俞鲁翟聂樊倪涂殷靳裴祁詹乔阮';

/** Surnames that more often are part of another word: with what stands before or after them when they are. */
const ambiguous: Readonly<Record<string, { after?: string; before?: string }>> = {
  张: { after: '贴开口罗扬力', before: '一二三四五六七八九十两几多这每紧扩主夸' },
  陈: { after: '列述旧设' },
  孙: { after: '子女', before: '子' },
  胡: { after: '同萝' },
  林: { after: '业地木区场草下', before: '园森山造树护竹松果' },
  何: { after: '时地处以况必', before: '如任为' },
  梁: { before: '桥栋脊' },
  许: { after: '多可', before: '允也准少或' },
  曾: { after: '经在', before: '不未' },
  余: { after: '额地人家名个年元', before: '多其业剩富结盈百千万十0123456789' },
  叶: { after: '子片', before: '树茶枝' },
  程: { after: '度序', before: '工过课进流里规日路全教议历' },
  苏: { after: '醒', before: '江复' },
  钟: { after: '头声', before: '分时秒' },
  陆: { after: '续地上', before: '大登着' },
  范: { after: '围例本畴', before: '规示模防师典' },
  史: { after: '料上册', before: '历党近' },
  陶: { after: '瓷冶' },
  贺: { after: '词信', before: '祝庆' },
  顾: { after: '客问虑及', before: '照兼回光' },
  钱: { after: '款包财', before: '金价花赚挣存有现一' },
  莫: { before: '切' },
  康: { after: '复养', before: '健安小' },
  施: { after: '工行展策', before: '实措设' },
  洪: { after: '水涝', before: '防抗山' },
  宗: { after: '旨教', before: '大一祖' },
  庄: { after: '严重稼', before: '村' },
  焦: { after: '点虑急', before: '聚对' },
  蓝: { after: '天色图', before: '蔚' },
  黄: { after: '色金河海昏土豆瓜' },
  周: { after: '边围年期日末到一二三四五六刊密转', before: '四每一上下本两' },
  高: { after: '质度速效校端层新品水标原温空铁中等位考峰大低科精素龄压清级兴管危产' },
  马: { after: '上路力克拉', before: '车人骑' },
  于: {
    before: '位由对关用等至处属基终便善敢勇源鉴居低高大小多少在限忙急乐易难致利出归立置始过甘勤生成见死',
  },
  谢: { after: '谢', before: '感答道致' },
  任: { after: '务何意凭职', before: '责信主担重上离历委现' },
  方: { after: '面式向法案便针才位言阵可圆舱', before: '地东西南北各双对官前后远四警校多甲乙我平立处配十' },
  石: { after: '油头化材榴狮灰', before: '宝岩玉' },
  金: { after: '融额属色牌黄秋钱银', before: '资基现奖黄租罚本美' },
  白: { after: '天色领云酒菜', before: '明黑空表' },
  江: { after: '苏西河南北湖', before: '长珠浙黑' },
  段: { before: '阶手地路片时一二三四五六七八九十这两几各中上下前后' },
  雷: { after: '达电锋' },
  龙: { after: '头舟门江', before: '接恐' },
  毛: { after: '病巾利笔' },
  严: { after: '格重肃谨禁控厉密峻寒把打实防', before: '从' },
  武: { after: '汉装警器术' },
  孔: { after: '雀子' },
  向: {
    after: '前上下社全着往好世市群东西南北心来他她我',
    before: '方面走导转流奔投志意趋取去一朝风通定双偏外内动纵横',
  },
  万: { after: '元人亿吨户亩象家物名', before: '一二三四五六七八九十百千数几上亿' },
  田: { after: '间地野园径', before: '农稻麦油良水' },
  夏: { after: '天季日粮收', before: '华初' },
  付: { after: '出款费印', before: '支应交对托垫拨' },
  熊: { after: '猫' },
  常: { after: '见年态常务规委住用驻', before: '经日平正非通时照异家' },
  温: { after: '度暖馨泉和室', before: '气高低升体保' },
  成: {
    after: '为立果功效本员长绩就品都熟交分千套型',
    before: '完组形建达变促合构造生养集落制做写看结编收',
  },
  文: { after: '化明件字章旅艺物体学献创教', before: '作中语散论发人公图正' },
  安: { after: '全排装置心静徽居定', before: '公平保治西' },
  时: { after: '间代候期刻尚节常时装' },
  关: { after: '于系注键心爱节怀闭口联', before: '有相机攻开海把公' },
  齐: { after: '全鲁心聚', before: '整一' },
  查: { after: '看询处验找', before: '检调审排核抽督巡' },
  路: { after: '段线面口边上径', before: '道公铁马一思高网走出十丝电半' },
  骆: { after: '驼' },
  纪: { after: '念律录委检', before: '世年风本' },
  和: { after: '谐平' },
  童: { after: '年话装', before: '儿' },
  梅: { after: '花雨' },
  尤: { after: '其' },
  牛: { after: '奶肉' },
  管: { after: '理道控委网护线', before: '主监城保血分' },
  左: { after: '右边侧手' },
  包: { after: '括装含容裹', before: '书面打钱承红' },
  季: { after: '度节', before: '四春夏秋冬旺淡一雨' },
  卫: { after: '生星视', before: '保' },
  鲍: { after: '鱼' },
};

const compound = [
  '欧阳',
  '司马',
  '上官',
  '诸葛',
  '夏侯',
  '皇甫',
  '尉迟',
  '慕容',
  '令狐',
  '端木',
  '东方',
  '公孙',
];

const isHan = (text: string | undefined): boolean => text !== undefined && /^\p{Script=Han}$/u.test(text);

/** Characters of a name after a surname. */
const mostGiven = 2;

/** How many characters of a surname stand at `at`; 0 where none does. */
function surnameAt(text: string, at: number): number {
  if (compound.some((one) => text.startsWith(one, at))) return 2;
  const one = text[at] ?? '';
  if (plain.includes(one)) return 1;
  const otherwise = ambiguous[one];
  if (!otherwise) return 0;
  const [before, after] = [text[at - 1] ?? ' ', text[at + 1] ?? ' '];
  return otherwise.before?.includes(before) || otherwise.after?.includes(after) ? 0 : 1;
}

export const isSurname = (text: string, at: number): boolean => surnameAt(text, at) > 0;

/** Characters that go with words before or after a name, and are in hardly any. */
const notInNames = /[的了是在和与及被把将也都就说着过到等及对从这那他她它们你我，。、；：]/;

/** Whoever is named: each surname, with what may be the rest of the name. */
function people(text: string): Stretch[] {
  const found: Stretch[] = [];
  for (let at = 0; at < text.length; at++) {
    const surname = surnameAt(text, at);
    if (surname === 0) continue;
    let to = at + surname;
    while (to < at + surname + mostGiven && isHan(text[to]) && !notInNames.test(text[to] ?? '')) to++;
    found.push({ from: at, to });
  }
  return found;
}

/** 历城区, but not 社区: what is divided, with the two or three characters before it. */
const divisions =
  /(?:(?![的在到从和与是了各每]|[社小城地园街新景山校市郊全本我超农辖该理片强跨包][省市县区村])\p{Script=Han}){1,3}[省市县区镇乡村](?![场民域居土里])/gu;

/** After these words stands a name. */
const called = /(?:记者|通讯员|摄影)\s*(\p{Script=Han}{2,3})(?=[\s、，。：）)]|$|报道|摄|文|在|说)/gu;
/** Before these words stands a name. */
const titled = /(\p{Script=Han}{1,4})(?:先生|女士|同志|老师)/gu;

/** Terms in quotation or title marks, and words that begin with a capital or are joined by a name's point. */
const terms = /[“‘《〈「『]([^”’》〉」』“‘《〈]{1,12})[”’》〉」』]/gu;
const foreign = /[\p{Lu}][\p{L}\p{N}]*|[\p{Script=Han}]+(?:[·•][\p{Script=Han}]+)+/gu;

function matched(text: string, form: RegExp): Stretch[] {
  return [...text.matchAll(form)].map((one) => {
    const from = one.index + (one[1] === undefined ? 0 : one[0].indexOf(one[1]));
    return { from, to: from + (one[1] ?? one[0]).length };
  });
}

/** The terms in marks that a story has: what it calls by a name of its own. */
export const termsOf = (texts: readonly string[]): string[] => [
  ...new Set(texts.flatMap((text) => matched(text, terms).map(({ from, to }) => text.slice(from, to)))),
];

/** Names of two characters or more that stand in a line of names: 宗兆洋 通讯员 程建政. */
export const namesIn = (line: string): string[] =>
  line.split(/[\p{P}\p{Z}\s]+|记者|通讯员|本报|报道|摄影|摄/u).filter((one) => one.length > 1);

/** Every place of the text that may be a name. `known` are names as such; a surname that is not `meant` is none. */
export function namesOf(
  text: string,
  known: readonly string[],
  meant: (at: number) => boolean = () => true,
): Stretch[] {
  const found = [divisions, called, titled, terms, foreign].flatMap((form) => matched(text, form));
  for (const name of new Set(known))
    for (let at = text.indexOf(name); name !== '' && at >= 0; at = text.indexOf(name, at + 1))
      found.push({ from: at, to: at + name.length });
  return [...found, ...people(text).filter((one) => meant(one.from))];
}
