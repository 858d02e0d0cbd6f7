import styles from "./gallery.module.css";
import type { Specimen, State } from "./specimen.ts";
import { actions } from "./specimens/actions.tsx";
import { choosing } from "./specimens/choosing.tsx";
import { fields } from "./specimens/fields.tsx";
import { layingOut } from "./specimens/laying-out.tsx";
import { saying } from "./specimens/saying.tsx";
import { showing } from "./specimens/showing.tsx";

const specimens = [...actions, ...fields, ...choosing, ...showing, ...saying, ...layingOut];

/** All components; one of them with `?component=…`; one of its states with `&state=…` too. */
export function Gallery() {
  const search = new URLSearchParams(location.search);
  const chosen = specimens.find(({ name }) => name === search.get("component"));
  const state = chosen?.states.find(({ name }) => name === search.get("state"));
  if (chosen && state) return <Alone specimen={chosen} state={state} />;
  return (
    <main className={styles.page}>
      <h1>{chosen ? chosen.name : "Components"}</h1>
      {(chosen ? [chosen] : specimens).map((specimen) => (
        <Entry key={specimen.name} specimen={specimen} />
      ))}
    </main>
  );
}

function Entry({ specimen: { name, exports, use, states } }: { specimen: Specimen }) {
  return (
    <section className={styles.entry} aria-labelledby={name} data-component={name} data-exports={exports}>
      <h2 id={name}>
        <a href={`?component=${name}`}>{name}</a>
      </h2>
      <p className={styles.use} data-use>
        {use}
      </p>
      {states.map((state) => (
        <div key={state.name} className={styles.state} data-state={state.name} data-alone={state.alone ?? false}>
          <p className={styles.name}>
            {state.alone ? (
              <a href={`?${new URLSearchParams({ component: name, state: state.name })}`}>{state.name}</a>
            ) : (
              state.name
            )}
          </p>
          {!state.alone && <div className={styles.look}>{state.look}</div>}
        </div>
      ))}
    </section>
  );
}

/** What covers the page, or opens something with these keys. */
function Alone({ specimen, state }: { specimen: Specimen; state: State }) {
  return (
    <main className={styles.alone} data-keys={state.keys ?? ""}>
      <h1 className="visually-hidden">
        {specimen.name}: {state.name}
      </h1>
      {state.look}
    </main>
  );
}
