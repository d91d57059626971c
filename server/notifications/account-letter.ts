/** The mail that tells a member what became of their ways to sign in. It has no link that signs anybody in. */
import type { RecordKind } from '../../shared/record/kinds.ts';
import { escapeHtml } from '../export/html-text.ts';
import { fill } from '../export/paper.ts';
import { clockOf, type Language, oneLine, type Paper } from './letter.ts';
import type { Mail } from './mailer.ts';

/** What a member is told of. */
export const toldKinds = [
  'member.linkMade',
  'member.reset',
  'password.set',
  'password.changed',
  'password.removed',
  'passkey.added',
  'passkey.removed',
  'secondFactor.added',
  'secondFactor.removed',
  'recoveryCodes.renewed',
  'token.made',
  'directory.joined',
] as const satisfies readonly RecordKind[];
export type ToldKind = (typeof toldKinds)[number];

const words = {
  zh: {
    subject: '你登录的办法有变动',
    intro: '{name}，你在{paper}的账号（{handle}）有这些变动：',
    did: {
      'member.linkMade': '{who}给你做了一个登录链接',
      'member.reset': '{who}重设了你的登录：密码、通行密钥、两步验证、令牌和旧链接都已作废',
      'password.set': '设了密码',
      'password.changed': '改了密码',
      'password.removed': '去掉了密码',
      'passkey.added': '添加了通行密钥“{what}”',
      'passkey.removed': '去掉了通行密钥“{what}”',
      'secondFactor.added': '开启了两步验证',
      'secondFactor.removed': '关掉了两步验证',
      'recoveryCodes.renewed': '换了恢复码',
      'token.made': '生成了程序用的令牌“{what}”',
      'directory.joined': '连上了单位的账号，可以用它登录',
    },
    terminal: '服务器的管理员',
    unknown: '已离开的成员',
    advice: '是你做的，或者你请人做的，就不用管。不是，请马上告诉管理员，请他重设你的登录。',
    where: '现在能用什么登录、在哪些设备上登录着：{settings}',
    foot: '同稿替{paper}寄出。登录的办法一有变动就寄，不能关掉。',
  },
  en: {
    subject: 'Your ways to sign in have changed',
    intro: '{name}, this changed about your account ({handle}) at {paper}:',
    did: {
      'member.linkMade': '{who} made a sign-in link for you',
      'member.reset':
        '{who} reset your sign-in: password, passkeys, second factor, tokens and older links no longer work',
      'password.set': 'a password was set',
      'password.changed': 'the password was changed',
      'password.removed': 'the password was removed',
      'passkey.added': 'the passkey “{what}” was added',
      'passkey.removed': 'the passkey “{what}” was removed',
      'secondFactor.added': 'the second factor was turned on',
      'secondFactor.removed': 'the second factor was turned off',
      'recoveryCodes.renewed': 'the recovery codes were renewed',
      'token.made': 'the token “{what}” for programs was made',
      'directory.joined': 'the paper’s account was joined, and can sign you in',
    },
    terminal: 'The administrator of the server',
    unknown: 'A former member',
    advice:
      'If you did this, or asked for it, there is nothing to do. If not, tell your administrator at once and have your sign-in reset.',
    where: 'What signs you in now, and where you are signed in: {settings}',
    foot: 'Sent by Tonggao for {paper} whenever a way to sign in changes; these cannot be turned off.',
  },
} as const satisfies Record<Language, { did: Record<ToldKind, string> } & Record<string, unknown>>;

export interface AccountAct {
  kind: ToldKind;
  at: string;
  /** The name of who did it; null at the server's terminal, undefined when nobody knows them any more. */
  who: string | null | undefined;
  /** The name of the passkey or the token. */
  what: string;
}

export function accountLetter(
  { name, handle }: { name: string; handle: string },
  acts: readonly AccountAct[],
  language: Language,
  paper: Paper,
): Omit<Mail, 'to'> {
  const say = words[language];
  const lines = acts.map(({ kind, at, who, what }) => {
    const by = who === null ? say.terminal : (who ?? say.unknown);
    return `${clockOf(at, paper)}  ${fill(say.did[kind], { who: by, what })}`;
  });
  const blocks = [
    fill(say.intro, { name, handle, paper: paper.name }),
    lines.join('\n'),
    say.advice,
    fill(say.where, { settings: `${paper.url}/settings` }),
    fill(say.foot, { paper: paper.name }),
  ];
  const html = blocks.map((block) => `<p style="white-space:pre-wrap">${escapeHtml(block)}</p>`).join('');
  return {
    subject: oneLine(`[${paper.name}] ${say.subject}`).slice(0, 200),
    text: blocks.join('\n\n'),
    html: `<!doctype html><html lang="${language === 'zh' ? 'zh-CN' : 'en'}"><body style="margin:0;padding:24px;color:#1b1916;font:15px/1.6 sans-serif">${html}</body></html>`,
    mayEnd: false,
  };
}
