import { Notice, NoticeText } from "../../components/notice.tsx";
import { words } from "../../words/words.ts";

const t = words("verification");

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
      {!intact && <NoticeText>{t("below")}</NoticeText>}
    </Notice>
  );
}
