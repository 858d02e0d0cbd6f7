import { useState } from "react";
import { useCommand } from "../../api/command.ts";
import { Button } from "../../components/button.tsx";
import { CommandForm } from "../../components/command-form.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { Fact, Facts } from "../../components/facts.tsx";
import { Finder } from "../../components/finder.tsx";
import { NoteField } from "../../components/note-field.tsx";
import { QueryProblem } from "../../components/notice.tsx";
import { type FoundPlayerFragment, useIdentifyPatronMutation } from "../../generated/graphql.ts";
import { formatDate } from "../../lib/format.ts";
import { words } from "../../words/words.ts";
import { usePlayerSearch } from "../players/use-player-search.ts";
import styles from "./links.module.css";

const t = words("ctrCase");

interface IdentifyDialogProps {
  patronId: string;
  name: string;
  onIdentified?: (patronId: string) => void;
  onClose: () => void;
}

/** Says that an unknown person is a certain player: from then on their cash is summed together. */
export function IdentifyDialog({ patronId, name, onIdentified, onClose }: IdentifyDialogProps) {
  const [typed, setTyped] = useState("");
  const [player, setPlayer] = useState<FoundPlayerFragment>();
  const [note, setNote] = useState("");
  const search = usePlayerSearch(typed);
  const [, execute] = useIdentifyPatronMutation();
  const identify = useCommand(execute, (answer) => answer.identifyPatron?.identificationResult);
  const send = async () => {
    if (!player) return;
    const result = await identify.send({
      patronId,
      playerId: player.playerId,
      note: note.trim() === "" ? null : note.trim(),
    });
    if (!result) return;
    onClose();
    if (result.patronLink) onIdentified?.(result.patronLink.playerPatronId);
  };

  return (
    <Dialog title={t("person.identify")} subtitle={name} onClose={onClose} busy={identify.busy}>
      <CommandForm
        command={identify}
        onSend={send}
        onClose={onClose}
        isReady={player !== undefined}
        does={t("identify.do")}
        also={
          player && (
            <Button look="quiet" onPress={() => setPlayer(undefined)} isDisabled={identify.locked}>
              {t("identify.other")}
            </Button>
          )
        }
      >
        {player ? (
          <>
            <Facts>
              <Fact label={t("identify.player")}>
                {player.firstName} {player.lastName}
              </Fact>
              <Fact label={t("identify.card")}>{player.cardNo}</Fact>
              {player.birthDate && <Fact label={t("identification.born")}>{formatDate(player.birthDate)}</Fact>}
            </Facts>
            <NoteField
              label={t("identify.how")}
              hint={t("identify.howHint")}
              value={note}
              onChange={setNote}
              isDisabled={identify.locked}
              isRequired={false}
              autoFocus
            />
          </>
        ) : (
          <>
            <Finder
              label={t("identify.player")}
              placeholder={t("identify.placeholder")}
              text={typed}
              onText={setTyped}
              found={search.players}
              settled={!search.fetching && search.players !== undefined}
              idOf={(each) => each.playerId}
              nameOf={(each) => `${each.lastName}, ${each.firstName}`}
              onPick={setPlayer}
              none={t("identify.none")}
              autoFocus
            >
              {(each) => (
                <span className={styles.choice}>
                  <span className={styles.name}>
                    {each.lastName}, {each.firstName}
                  </span>
                  <span className={`${styles.detail} numeric`}>
                    {each.birthDate
                      ? t("identify.cardBorn", { card: each.cardNo, born: formatDate(each.birthDate) })
                      : t("card", { card: each.cardNo })}
                  </span>
                </span>
              )}
            </Finder>
            {search.error && <QueryProblem error={search.error} onRetry={search.retry} />}
          </>
        )}
      </CommandForm>
    </Dialog>
  );
}
