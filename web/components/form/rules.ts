import type { Rule } from 'antd/es/form';
import { checkUscc } from '../../../domain/uscc.ts';
import { say } from '../../words.ts';

/** A code is checked as it is typed, by the same function as the API's. */
export const usccRule: Rule = {
  validator: (_, value: unknown) => {
    if (typeof value !== 'string' || value.trim() === '') return Promise.resolve();
    const check = checkUscc(value);
    return check.ok ? Promise.resolve() : Promise.reject(new Error(say(`uscc.${check.reason}`)));
  },
};

export const percentRule: Rule = {
  validator: (_, value: unknown) =>
    typeof value !== 'string' || value === '' || /^\d{1,3}(\.\d{1,2})?$/.test(value)
      ? Promise.resolve()
      : Promise.reject(new Error(say('form.percent'))),
};
