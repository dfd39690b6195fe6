import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Me } from '../api/contract/me.ts';
import { call } from './api/call.ts';
import { meKey } from './api/me.ts';

const KEY = 'toured';
/** Instead of a person's id: nobody is shown around on this device. */
const EVERYBODY = '*';
const onThisDevice = (): readonly string[] => (localStorage.getItem(KEY) ?? '').split(' ').filter(Boolean);

/**
 * The tour comes by itself once, on whatever device; from the help menu as often as it is asked for. To whom work waits for it is only
 * offered: it would lie over what he came for.
 */
export function useTour(me: Me) {
  const queries = useQueryClient();
  const { id } = me.person;
  const [tour, setTour] = useState<'off' | 'offered' | 'on'>(() => {
    if (me.preferences.toured || onThisDevice().some((known) => [id, EVERYBODY].includes(known))) return 'off';
    const { mine, group, delegated } = me.badges;
    return mine + group + delegated > 0 ? 'offered' : 'on';
  });
  const end = () => {
    setTour('off');
    if (me.preferences.toured) return;
    queries.setQueryData<Me>(meKey, { ...me, preferences: { ...me.preferences, toured: true } });
    // Where it cannot be kept with the person, this device remembers.
    localStorage.setItem(KEY, [...onThisDevice(), id].join(' '));
    void call('PUT', '/me/preferences', { body: { toured: true } }).catch(() => null);
  };
  return { isOn: tour === 'on', isOffered: tour === 'offered', begin: () => setTour('on'), end };
}
