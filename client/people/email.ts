/** Whether an e-mail address is whole, as the server reads it. */
import { api } from '../../shared/api.ts';

export const isEmail = (typed: string): boolean =>
  api.addInvitation.body.shape.email.safeParse(typed.trim()).success;
