import { Banknote, Check, Gift, Search } from "lucide-react";
import { CombinedError } from "urql";
import { Button, ButtonLink } from "../../src/components/button.tsx";
import { CopyId } from "../../src/components/copy-id.tsx";
import { DownloadList } from "../../src/components/download-list.tsx";
import { Shortcut } from "../../src/components/shortcut.tsx";
import { Row } from "../layout.tsx";
import type { Specimen } from "../specimen.ts";

const noLine = new CombinedError({ networkError: new Error("no line") });
const looks = ["primary", "secondary", "quiet", "danger"] as const;

export const actions: readonly Specimen[] = [
  {
    name: "button",
    exports: "Button, ButtonLink",
    use: "Whatever is pressed. One primary on a screen or in a dialog: what somebody came for. Danger for what can't be taken back. Quiet where there are many. ButtonLink leads to another screen.",
    states: [
      {
        name: "Looks",
        look: (
          <Row>
            {looks.map((look) => (
              <Button key={look} look={look}>
                {look}
              </Button>
            ))}
          </Row>
        ),
      },
      {
        name: "With an icon, an icon alone, with its shortcut",
        look: (
          <Row>
            <Button icon={<Gift size={18} />}>Give a reward</Button>
            <Button icon={<Search size={18} />} aria-label="Search" />
            <Button icon={<Check size={18} />} keyShortcut="Alt+C">
              Complete <Shortcut letter="C" />
            </Button>
          </Row>
        ),
      },
      {
        name: "Pending: keeps the focus, does nothing",
        look: (
          <Row>
            <Button look="primary" isPending>
              Record
            </Button>
            <Button isPending>Record</Button>
          </Row>
        ),
      },
      {
        name: "Disabled",
        look: (
          <Row>
            {looks.map((look) => (
              <Button key={look} look={look} isDisabled>
                {look}
              </Button>
            ))}
          </Row>
        ),
      },
      {
        name: "Wide",
        look: (
          <Button look="primary" wide>
            Complete slip
          </Button>
        ),
      },
      {
        name: "A link",
        look: (
          <ButtonLink to="#button" icon={<Banknote size={18} />}>
            Cash entry
          </ButtonLink>
        ),
      },
      { name: "Focused by the keyboard", look: <Button>Pause</Button>, alone: true, keys: "Tab" },
    ],
  },
  {
    name: "shortcut",
    exports: "Shortcut",
    use: "Beside what Alt and a letter reaches. Only for the eye: what it stands beside says it as aria-keyshortcuts (keyShortcut).",
    states: [{ name: "Shown", look: <Shortcut letter="K" /> }],
  },
  {
    name: "copy-id",
    exports: "CopyId",
    use: "A correlation id where there is no room for it: shown on hover and focus, copied when pressed.",
    states: [
      { name: "At rest", look: <CopyId id="3f0c6f1e-8f0e-4d0a-9a57-0f6f6a1c2b3d" /> },
      { name: "Focused", look: <CopyId id="3f0c6f1e-8f0e-4d0a-9a57-0f6f6a1c2b3d" />, alone: true, keys: "Tab" },
    ],
  },
  {
    name: "download-list",
    exports: "DownloadList",
    use: "Saves a whole list as a CSV, whatever page of it is shown.",
    states: [
      { name: "At rest", look: <Download fails={false} /> },
      { name: "Refused", look: <Download fails />, alone: true, keys: "Tab Enter" },
    ],
  },
];

function Download({ fails }: { fails: boolean }) {
  return (
    <DownloadList
      label="CSV"
      failed="The CSV wasn't made"
      file="list"
      columns={[{ field: "name", raw: (row: { name: string }) => row.name }]}
      timezone="America/Los_Angeles"
      read={async () => ({
        list: { nodes: [{ name: "Ada" }], pageInfo: { hasNextPage: false } },
        ...(fails && { error: noLine }),
      })}
    />
  );
}
