import { useCallback, useState } from "react";
import { type AnyVariables, type CombinedError, type TypedDocumentNode, useClient } from "urql";

export interface Ask<Data, Variables> {
  data: Data | undefined;
  error: CombinedError | undefined;
  busy: boolean;
  /** Resolves with the answer, or with nothing when there is an error to show. */
  send: (variables: Variables) => Promise<Data | undefined>;
}

/** A question that is asked when somebody wants to know, never by itself: it reads a whole ledger. */
export function useAsk<Data, Variables extends AnyVariables>(
  document: TypedDocumentNode<Data, Variables>,
): Ask<Data, Variables> {
  const client = useClient();
  const [data, setData] = useState<Data>();
  const [error, setError] = useState<CombinedError>();
  const [busy, setBusy] = useState(false);
  const send = useCallback(
    async (variables: Variables) => {
      setBusy(true);
      setData(undefined);
      setError(undefined);
      const answer = await client.query(document, variables, { requestPolicy: "network-only" }).toPromise();
      const answered = answer.error ? undefined : answer.data;
      setData(answered);
      setError(answer.error);
      setBusy(false);
      return answered;
    },
    [client, document],
  );
  return { data, error, busy, send };
}
