import { useState } from "react";
import type { CommandStatus } from "../../src/api/command.ts";
import { Button } from "../../src/components/button.tsx";
import { CommandForm } from "../../src/components/command-form.tsx";
import { Dialog, DialogActions, DialogForm } from "../../src/components/dialog.tsx";
import { Drawer, DrawerSection, DrawerWaiting } from "../../src/components/drawer.tsx";
import { Fact, Facts } from "../../src/components/facts.tsx";
import { Field } from "../../src/components/field.tsx";
import { Card, Page } from "../../src/components/page.tsx";
import { ReasonField } from "../../src/components/reason-field.tsx";
import { fault, status } from "../commands.ts";
import type { Specimen } from "../specimen.ts";

const nothing = () => undefined;

export const layingOut: readonly Specimen[] = [
  {
    name: "page",
    exports: "Page, Card",
    use: "Every screen is a Page: its heading, its tab's title, what narrows it down beside the heading and what it offers at the other end. Cards group what belongs together.",
    states: [
      {
        name: "With cards",
        look: (
          <Page title="Liability" aside={<Button look="primary">New draft</Button>}>
            <Card title="Outstanding points" aside={<Button>CSV</Button>}>
              <Facts large>
                <Fact label="Points">474,084</Fact>
              </Facts>
            </Card>
            <Card>
              <p>A card without a title.</p>
            </Card>
          </Page>
        ),
        alone: true,
      },
    ],
  },
  {
    name: "dialog",
    exports: "Dialog, DialogForm, DialogActions",
    use: "One decision above the screen, mounted while it is open. The focus is in it, Escape closes it unless a command is under way.",
    states: [
      { name: "A form", look: <RewardDialog />, alone: true },
      { name: "Busy", look: <RewardDialog busy />, alone: true },
      { name: "Wide", look: <RewardDialog wide />, alone: true },
    ],
  },
  {
    name: "command-form",
    exports: "CommandForm",
    use: "In a dialog, one command: what it needs, why it wasn't carried out, and the buttons that leave it and send it. What can't be taken back looks like danger.",
    states: [
      { name: "Ready", look: <EndDialog command={status("idle")} />, alone: true },
      { name: "Sending", look: <EndDialog command={status("sending")} />, alone: true },
      { name: "Unanswered", look: <EndDialog command={status("unanswered", fault)} />, alone: true },
    ],
  },
  {
    name: "drawer",
    exports: "Drawer, DrawerSection, DrawerWaiting",
    use: "A panel beside the page: what it is about stays in sight and in reach. Escape closes it.",
    states: [
      {
        name: "With sections",
        look: (
          <Drawer title="Ada Byron" subtitle="BJ-01 · Seat 3" onClose={nothing} footer={<Button>Done</Button>}>
            <DrawerSection title="Play">
              <Facts>
                <Fact label="Time in">1:02:05</Fact>
                <Fact label="Bet">$150</Fact>
              </Facts>
            </DrawerSection>
            <DrawerSection>
              <Button wide>Complete slip</Button>
            </DrawerSection>
          </Drawer>
        ),
        alone: true,
      },
      { name: "Waiting", look: <DrawerWaiting />, alone: true },
    ],
  },
];

function RewardDialog({ busy = false, wide = false }: { busy?: boolean; wide?: boolean }) {
  const [points, setPoints] = useState("250");
  return (
    <Dialog title="Give a reward" subtitle="Ada Byron" onClose={nothing} busy={busy} wide={wide}>
      <DialogForm onSubmit={nothing}>
        <Field label="Points" value={points} onChange={setPoints} isDisabled={busy} autoFocus />
        <DialogActions>
          <Button isDisabled={busy}>Cancel</Button>
          <Button type="submit" look="primary" isPending={busy}>
            Give the reward
          </Button>
        </DialogActions>
      </DialogForm>
    </Dialog>
  );
}

function EndDialog({ command }: { command: CommandStatus }) {
  const [reason, setReason] = useState("The budget is spent.");
  return (
    <Dialog title="Stop the campaign" subtitle="Double points" onClose={nothing} busy={command.busy}>
      <CommandForm command={command} onSend={nothing} onClose={nothing} look="danger" does="Stop it">
        <ReasonField value={reason} onChange={setReason} isDisabled={command.locked} />
      </CommandForm>
    </Dialog>
  );
}
