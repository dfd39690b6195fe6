import { z } from 'zod';
import { filled } from './fields.ts';

/** What the notice that publishes the list says beside it (密级, circle of readers; the layout is 系统默认). */
export const publicationForm = z
  .strictObject({
    /** The number of the notice, where the company's office system has given it. */
    noticeNo: filled(100).optional(),
    readers: filled(200),
    secrecyLevel: z.enum(['核心商密', '普通商密']),
    secrecyTerm: filled(60),
  })
  .meta({ id: 'PublicationForm' });
