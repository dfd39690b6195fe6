import type { Page } from 'playwright-core';
import { afterAll, afterEach, expect } from 'vitest';
import { type Browsing, startBrowser, type Watched } from './browser.ts';
import { startInstance } from './instance.ts';
import { personsOf } from './persons.ts';

type Options = Parameters<Browsing['signedIn']>[1];

/**
 * The whole system, its persons at the API, and a browser on its console. Call it at a file's top level; it ends with the file, and
 * the pages of `open` and `enter` with each test, which fails if one of them complained or asked another host.
 */
export async function startConsole() {
  const instance = await startInstance();
  const [browsing, persons] = await Promise.all([startBrowser(instance.url), personsOf(instance)]).catch(
    async (cause: unknown) => {
      await instance.discard();
      throw cause;
    },
  );
  afterAll(async () => {
    await browsing.close();
    await instance.discard();
  });

  let watching: Watched[] = [];
  const excused = new Map<Page, RegExp>();
  afterEach(async () => {
    const faults = watching.flatMap((each) => each.faults.filter((fault) => !excused.get(each.page)?.test(fault)));
    await Promise.all(watching.map(({ page }) => page.context().close()));
    watching = [];
    excused.clear();
    expect(faults).toEqual([]);
  });
  const watch = (watched: Watched): Page => {
    watching.push(watched);
    return watched.page;
  };

  return {
    instance,
    persons,
    /** For pages that outlive a test or that nobody has signed in to; nobody watches or closes them. */
    browsing,
    /** What a person sees at a path, signed in without the page for it. */
    async open(personId: string, path: string, options?: Options): Promise<Page> {
      const page = watch(await browsing.signedIn(personId, options));
      await page.goto(path);
      return page;
    },
    /** What a person sees at a path, signed in by choosing the name on the page for it. */
    async enter(name: string, path: string, options?: Options): Promise<Page> {
      return watch(await browsing.enter(name, path, options));
    },
    /** A page whose console has to complain, of this. */
    excuse: (page: Page, fault: RegExp) => void excused.set(page, fault),
  };
}
