/** Passwords that others would try first: the common ones with their usual trimmings, and those made of what
 * everybody knows about the member. */
import { AppError } from '../../shared/base/errors.ts';

/** What remains of common passwords of twelve characters and more without their digits and signs. */
const common = new Set(
  `password passwort passwords mypassword secret topsecret letmein letmeinplease welcome welcomeback
  iloveyou iloveyouforever admin administrator adminadmin adminpassword root rootroot rootpassword
  superuser superman batman spiderman starwars pokemon football baseball basketball princess sunshine
  dragon monkey master shadow michael jennifer jordan charlie freedom whatever trustno trustnoone
  nothing computer internet samsung google facebook microsoft windows apple login loginlogin user
  username changeme changemenow change default guest test testing testtest testpassword temp temporary
  temppassword qwerty qwertyui qwertyuiop qwertyuiopasdf qwertyuiopasdfghjkl qwertyqwerty qwertz
  qwertzuiop azerty azertyuiop asdf asdfgh asdfghjkl asdfasdf asdfasdfasdf zxcvbn zxcvbnm qweasd
  qweasdzxc qazwsx qazwsxedc qazwsxedcrfv zaqxsw qwer qwerasdf qwerasdfzxcv poiuytrewq lkjhgfdsa mnbvcxz
  abc abcabc abcd abcdabcd abcdef abcdefgh abcdefghij abcdefghijkl abcdefghijklmn abcdefghijklmnop xyz
  correcthorsebatterystaple thisismypassword thisisapassword mysecretpassword woaini woainiwoaini
  woaiwojia woaiwo woaizhongguo woaibeijing zhongguo zhongguoren beijing shanghai jinan shandong
  guangzhou shenzhen mima wodemima mimamima nihao nihaonihao nihaoma xiaoming zhangwei wangwei lixiang
  tianxia jintian mingtian gongzuo bianjibu bianji jizhe jizhezhan baoshe xinwen xinwenbu ribao wanbao
  caifang paiban jiaodui newspaper newsroom newsdesk editor editorial journalist reporter tonggao
  tonggaoribao`.split(/\s+/),
);

/** What stands for a letter in a password that means to be clever. */
const standIns: Record<string, string> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

const lettersOf = (text: string) => text.replaceAll(/[^\p{L}]/gu, '');

/** Characters that differ from the one before by neither nothing nor one step, as in 1111 or 3456. */
function turns(text: string): number {
  const codes = [...text].map((character) => character.codePointAt(0) ?? 0);
  return codes.filter((code, at) => at === 0 || Math.abs(code - (codes[at - 1] ?? 0)) > 1).length;
}

const leastDistinct = 5;
const leastTurns = 4;
/** Characters that a password must have beside what everybody knows of its member. */
const leastOwn = 8;

/** Why this password is refused: `common`, or `personal` when little is left without the words of `about`
 * (handle, name, e-mail, newsroom); null when it may be. */
export function weaknessOf(
  password: string,
  about: readonly (string | null)[],
): 'common' | 'personal' | null {
  const typed = password.normalize('NFKC').toLowerCase();
  let own = typed;
  for (const whole of about)
    for (const word of [whole, whole?.split('@')[0]])
      if (word && word.length > 1) own = own.replaceAll(word.toLowerCase(), '');
  if (own !== typed && ([...own].length < leastOwn || turns(own) < leastTurns)) return 'personal';
  const core = typed.replace(/^[^\p{L}]+/u, '').replace(/[^\p{L}]+$/u, '');
  const plain = core.replaceAll(/[013457@$!]/g, (sign) => standIns[sign] ?? sign);
  if (common.has(lettersOf(typed)) || common.has(lettersOf(plain))) return 'common';
  return new Set(typed).size < leastDistinct || turns(typed) < leastTurns ? 'common' : null;
}

/** Refuses such a password, and says which of the two it is. */
export function refuseWeak(password: string, about: readonly (string | null)[]): void {
  const weakness = weaknessOf(password, about);
  if (weakness) throw new AppError('badInput', `password: ${weakness}`);
}
