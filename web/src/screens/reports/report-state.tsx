import type { ReactNode } from "react";
import type { CombinedError } from "urql";
import { QueryProblem } from "../../components/notice.tsx";
import { Loading, Skeleton } from "../../components/skeleton.tsx";

interface ReportStateProps<Data> {
  what: string;
  data: Data | undefined;
  error: CombinedError | undefined;
  onRetry: () => void;
  children: (data: Data) => ReactNode;
}

/** A report on its way, refused, or there. */
export function ReportState<Data>({ what, data, error, onRetry, children }: ReportStateProps<Data>) {
  if (error) return <QueryProblem error={error} onRetry={onRetry} />;
  if (data) return children(data);
  return (
    <Loading what={what}>
      <Skeleton height="24rem" />
    </Loading>
  );
}
