import type { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import proto from '@temporalio/proto';

export type SearchAttributeType = 'Text' | 'Keyword' | 'Int' | 'Double' | 'Bool' | 'Datetime' | 'KeywordList';

const { IndexedValueType } = proto.temporal.api.enums.v1;

/** gRPC's code. */
const NOT_FOUND = 5;

const VALUE_TYPES: Record<SearchAttributeType, proto.temporal.api.enums.v1.IndexedValueType> = {
  Text: IndexedValueType.INDEXED_VALUE_TYPE_TEXT,
  Keyword: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
  Int: IndexedValueType.INDEXED_VALUE_TYPE_INT,
  Double: IndexedValueType.INDEXED_VALUE_TYPE_DOUBLE,
  Bool: IndexedValueType.INDEXED_VALUE_TYPE_BOOL,
  Datetime: IndexedValueType.INDEXED_VALUE_TYPE_DATETIME,
  KeywordList: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD_LIST,
};

/**
 * Adds the search attributes a namespace does not have yet; they must exist before a workflow sets them. The server's error
 * comes through where the caller may not change it (Temporal Cloud: add them there by hand).
 */
export async function ensureSearchAttributes(
  connection: Connection,
  namespace: string,
  wanted: Readonly<Record<string, SearchAttributeType>>,
): Promise<void> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  const missing = Object.entries(wanted).filter(([name]) => !(name in customAttributes));
  if (missing.length > 0) await addSearchAttributes(connection, namespace, Object.fromEntries(missing));
}

/** Adds search attributes that are known to be missing (the time-skipping server cannot say which it has). */
export async function addSearchAttributes(
  connection: Connection,
  namespace: string,
  added: Readonly<Record<string, SearchAttributeType>>,
): Promise<void> {
  const searchAttributes = Object.fromEntries(Object.entries(added).map(([name, type]) => [name, VALUE_TYPES[type]]));
  await connection.operatorService.addSearchAttributes({ namespace, searchAttributes });
}

/** Makes the namespace where it is missing. Whoever may not (Temporal Cloud) gets the server's error. */
export async function ensureNamespace(connection: Connection, namespace: string, retentionDays: number): Promise<void> {
  const isThere = await connection.workflowService.describeNamespace({ namespace }).then(
    () => true,
    (error: { code?: unknown }) => {
      if (error.code === NOT_FOUND) return false;
      throw error;
    },
  );
  if (isThere) return;
  await connection.workflowService.registerNamespace({
    namespace,
    workflowExecutionRetentionPeriod: msToTs(`${retentionDays} days`),
  });
}

/** Sets how many days closed executions stay readable in Temporal itself, so that no server default decides it. */
export async function setRetention(connection: Connection, namespace: string, days: number): Promise<void> {
  await connection.workflowService.updateNamespace({
    namespace,
    config: { workflowExecutionRetentionTtl: msToTs(`${days} days`) },
  });
}
