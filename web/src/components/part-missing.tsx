import { words } from "../words/words.ts";
import { Button } from "./button.tsx";
import { Notice, NoticeText } from "./notice.tsx";

const t = words("components");

/** A file of the client couldn't be loaded: the line is down, or an update has replaced the file. */
export function PartMissing({ onRetry }: { onRetry: () => void }) {
  return (
    <Notice
      tone="bad"
      title={t("part.missing")}
      live="alert"
      actions={
        <>
          <Button onPress={onRetry}>{t("tryAgain")}</Button>
          <Button onPress={() => location.reload()}>{t("part.reload")}</Button>
        </>
      }
    >
      <NoticeText>{t("part.why")}</NoticeText>
    </Notice>
  );
}
