/** What duties are usually called: copied before a paper's own names are put over them. */
import { words } from './words.ts';

export const usualRoles = { zh: { ...words.zh.role }, en: { ...words.en.role } };
