/** A member of the newsroom, and the duties 岗位 a member can have. */

export const roles = [
  'reporter', // 记者
  'correspondent', // 通讯员
  'editor', // 责任编辑
  'deskHead', // 部主任
  'chief', // 值班总编
  'proofreader', // 校对
  'designer', // 版面编辑、美编
  'administrator', // 管理员
] as const;

export type Role = (typeof roles)[number];

/** What others may see of a member. */
export interface Person {
  id: string;
  /** Lower-case letters and digits, unique in the newsroom. */
  handle: string;
  name: string;
  role: Role;
  /** 0–7 into the person palette; given by the server. */
  color: number;
}

export const personColors = 8;
