import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { allContracts } from '../../cases/contracts.ts';
import { notificationKinds } from '../../domain/notifications.ts';
import '../../cases/processes.ts';
import { lifecycles } from '../../web/lifecycles.ts';

const web = fileURLToPath(new URL('../../web/', import.meta.url));
const words = (language: string): Record<string, string> =>
  JSON.parse(readFileSync(`${web}locales/${language}.json`, 'utf8'));
const zh = words('zh-CN');
const en = words('en');
const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
const texts = readdirSync(web, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !file.startsWith('dist'))
  .map((file) => readFileSync(web + file, 'utf8'));

describe('the words of the console', () => {
  test('are the same keys in both languages', () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort());
  });

  test('are all filled in', () => {
    for (const text of [...Object.values(zh), ...Object.values(en)]) expect(text).not.toBe('');
  });

  test('take the same figures and names in both languages', () => {
    for (const [key, text] of Object.entries(zh)) {
      expect(placeholders(en[key] ?? ''), key).toEqual(placeholders(text));
    }
  });

  test('name every process, and every state a case can be in', () => {
    expect(Object.keys(lifecycles).sort()).toEqual(
      allContracts()
        .map(({ process }) => process)
        .sort(),
    );
    for (const process of Object.keys(lifecycles)) expect(zh).toHaveProperty([`process.${process}`]);
    for (const { zhKey } of Object.values(lifecycles).flatMap(({ states }) => Object.values(states))) {
      if (zhKey in zh) continue;
      expect(zh, zhKey).toHaveProperty([`${zhKey}.company`]);
      expect(zh, zhKey).toHaveProperty([`${zhKey}.branch`]);
    }
  });

  test('name every step, every kind of task and every action a person can be asked for', () => {
    for (const [step, { tasks = [] }] of allContracts().flatMap(({ steps }) => Object.entries(steps))) {
      expect(zh).toHaveProperty([`step.${step}`]);
      for (const { kind, actions } of tasks) {
        expect(zh).toHaveProperty([`kind.${kind}`]);
        for (const action of actions)
          expect(
            [`act.${kind}.${action}`, `act.${action}`].some((key) => key in zh),
            `${kind}.${action}`,
          ).toBe(true);
      }
    }
  });

  test('name everything a person is told of', () => {
    for (const kind of Object.keys(notificationKinds)) expect(zh).toHaveProperty([`note.of.${kind}`]);
  });

  test('name every event of the lifecycle and who causes it', () => {
    for (const { on, by } of Object.values(lifecycles).flatMap(({ transitions }) => transitions)) {
      expect(zh).toHaveProperty([`event.${on}`]);
      expect(zh).toHaveProperty([`by.${by}`]);
    }
  });

  test('leave no Chinese text standing in the code of the pages', () => {
    const allowed = /符合|基本符合|不符合|普通商密|核心商密|中文|系统默认/g;
    for (const text of texts) {
      const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '').replace(allowed, '');
      expect(code.match(/[\u4e00-\u9fff]+/)?.[0] ?? '').toBe('');
    }
  });
});
