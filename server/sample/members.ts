/** The members of the sample newsroom: the two stories' authors, and one account for each duty. */
import type { Role } from '../../shared/people/person.ts';

export const sampleMembers = [
  { handle: 'zongzhaoyang', name: '宗兆洋', role: 'reporter', color: 2 },
  { handle: 'zhangxiaoyan', name: '张晓燕', role: 'reporter', color: 0 },
  { handle: 'chengjianzheng', name: '程建政', role: 'correspondent', color: 1 },
  { handle: 'editor', name: '责编', role: 'editor', color: 5 },
  { handle: 'deskhead', name: '部主任', role: 'deskHead', color: 4 },
  { handle: 'chief', name: '值班总编', role: 'chief', color: 3 },
  { handle: 'proof1', name: '校对甲', role: 'proofreader', color: 7 },
  { handle: 'proof2', name: '校对乙', role: 'proofreader', color: 7 },
  { handle: 'proof3', name: '校对丙', role: 'proofreader', color: 7 },
  { handle: 'designer', name: '美编', role: 'designer', color: 6 },
  { handle: 'admin', name: '管理员', role: 'administrator', color: 7 },
] as const satisfies readonly { handle: string; name: string; role: Role; color: number }[];
