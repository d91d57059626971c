/** Tells zod, before any schema is built, that this page's policy forbids making code from text. */
import { z } from 'zod';

z.config({ jitless: true });
