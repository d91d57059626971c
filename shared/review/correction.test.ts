/** Corrections of signed words: what an editor may confirm, and what goes back to the third review. */
import { expect, test } from 'vitest';
import type { ParagraphStyle } from '../manuscript/styles.ts';
import { type GraveReason, knownNames, needsReview } from './correction.ts';

const story = [
  { style: 'byline' as const, text: '张晓燕 通讯员 程建政 济南报道' },
  { style: 'body' as const, text: '打卡“泺享汇”的市民说，泺享汇很好。', credit: '辛公度 摄' },
];
const known = knownNames(story, ['宗兆洋', '美编']);

/** The paragraph with what is gone in 【】 and what comes in its place after a bar. */
function judge(marked: string, style: ParagraphStyle = 'body') {
  const [, before = '', quote = '', wanted = '', after = ''] =
    /^(.*?)【(.*?)\|(.*?)】(.*)$/u.exec(marked) ?? [];
  return needsReview({ style, text: before + quote + after, start: before.length, quote, wanted }, known);
}

test.each([
  '服装城的地理【位制|位置】很好。',
  '服装城的地理位【制|置】很好。',
  '再接再【历|厉】',
  '【既|即】使下雨也来。',
  '登录【帐|账】号',
  '推动高【制|质】量发展',
  '服【装装|装】城开业',
  '这里的的确【确确|确】实方便',
  '人来人往【，|。】',
  '人来人往【，，|，】热闹',
  '热闹【|，】方便',
  '【"|“】热闹',
  '提供优质服【|务】。',
  '一【至|致】好评',
  '市民纷纷【点暂|点赞】',
  '【部暑|部署】工作',
  '的地得：高兴【的|地】说',
  '幸【富|福】社区',
  '【正|本】文一段。',
  '规范管【里|理】',
  '记者【走|采】访了三天。',
])('%s is a slip that the editor may confirm', (marked) => {
  expect(judge(marked)).toBeNull();
});

test.each<[string, GraveReason]>([
  ['负责人【李明|王刚】介绍', 'name'],
  ['负责人李【明|刚】介绍', 'name'],
  ['负责人【李|黎】明介绍', 'name'],
  ['负责人李明【明|】介绍', 'name'],
  ['记者【卜凡|卜范】在现场', 'name'],
  ['市民【迟|池】女士说', 'name'],
  ['张晓【燕|艳】在泺口采访', 'name'],
  ['摄影辛公【度|渡】', 'name'],
  ['宗兆【羊|洋】说', 'name'],
  ['来到“泺【亨|享】汇”', 'name'],
  ['泺【亨|享】汇开业', 'name'],
  ['欧阳【修|秀】来了', 'name'],
  ['历【城|下】区开会', 'name'],
  ['【Huawie|Huawei】新店', 'name'],
  ['约翰·史密【思|斯】', 'name'],
  ['初心【不变|变】', 'negation'],
  ['初心【变|不变】', 'negation'],
  ['【没|】有人来', 'negation'],
  ['此事【无|有】关', 'negation'],
  ['价格上【升|降】', 'contrary'],
  ['价格【上|下】降', 'contrary'],
  ['党员【35|53】名', 'number'],
  ['党员【三|五】名', 'number'],
  ['增长3【.|】5%', 'number'],
  ['增长35【%|‰】', 'number'],
  ['增长35万【元|吨】', 'number'],
  ['现有党员【几|】名', 'number'],
  ['市民【纷纷|】点赞', 'cut'],
  ['市民【非常高兴|高兴】', 'negation'],
  ['市民【十分|】高兴', 'number'],
  ['市民【特别|】高兴', 'cut'],
  ['服装城【开业了|开业】', 'cut'],
  ['他【支持|反对】这件事', 'word'],
  ['他【|涉嫌】这件事', 'word'],
  ['热闹【|的地方吸引着人】', 'word'],
])('%s goes back to the third review: %s', (marked, reason) => {
  const got = judge(marked);
  expect(got === 'long' ? 'word' : got).toBe(reason);
});

test('what a headline, a byline or a dateline says is never a slip, and nothing changed is nothing', () => {
  for (const style of ['kicker', 'headline', 'deck', 'byline', 'dateline'] as const)
    expect(judge('地理位【制|置】', style)).toBe('weighty');
  expect(judge('地理位【置|置】')).toBe('same');
  expect(judge(`热闹【|${'，'.repeat(7)}】`)).toBe('long');
});
