import { Notice, NoticeText } from "../../components/notice.tsx";

interface VerdictProps {
  intact: boolean;
  good: string;
  bad: string;
  about: string;
}

/** Whether everything fits, in one sentence. */
export function Verdict({ intact, good, bad, about }: VerdictProps) {
  return (
    <Notice tone={intact ? "good" : "bad"} title={intact ? good : bad} live={intact ? "status" : "alert"}>
      <NoticeText>{about}</NoticeText>
      {!intact && <NoticeText>Whatever doesn't fit is named below.</NoticeText>}
    </Notice>
  );
}
