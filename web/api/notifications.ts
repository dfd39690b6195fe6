import type { Muting, NotificationView } from '../../api/contract/notifications.ts';
import { get, query } from './call.ts';
import { type Page, useOne, usePages } from './list.ts';

export const notificationsKey = ['notifications'] as const;

export const useNotifications = (unread: boolean) =>
  usePages<NotificationView>([...notificationsKey, 'list', unread], (cursor, signal) =>
    get<Page<NotificationView>>(`/notifications${query({ unread, cursor, limit: 30 })}`, signal),
  );

export const useMuting = () => useOne<Muting>([...notificationsKey, 'muting'], '/notifications/muting');
