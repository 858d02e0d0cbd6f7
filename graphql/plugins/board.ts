import type {} from "postgraphile";
import {
  constant,
  context,
  type GrafastSubscriber,
  lambda,
  listen,
  type SafeError,
  type Step,
} from "postgraphile/grafast";
import { extendSchema, gql } from "postgraphile/utils";
import type { Sessions, Viewer } from "../auth/sessions.ts";
import type { Ears } from "../listen.ts";
import { boardChannel } from "../notify.ts";

/** An event of `pitBoardChanged`; the last one says that the session has ended. */
interface BoardEvent {
  readonly signedIn: boolean;
}

export type BoardSubscriber = GrafastSubscriber<{ board: BoardEvent }>;

/**
 * The board of the session's own casino: there is no topic to choose. The first event comes when
 * the listening has begun, so that nothing falls between a client's first query and its first
 * event. Before each event the session is looked up again; when it has ended, the subscription
 * says so and ends too. Watching a board doesn't keep a session from idling out.
 */
export function boardSubscriber(
  ears: Ears,
  sessions: Sessions,
  session: string | undefined,
  viewer: Viewer | undefined,
): BoardSubscriber {
  return {
    async subscribe() {
      if (!viewer || session === undefined) return once({ signedIn: false });
      const changes = await ears.subscribe(boardChannel(viewer.casinoId));
      changes.hear();
      let ended = false;
      const events: AsyncIterableIterator<BoardEvent> = {
        async next() {
          const change = ended ? { done: true } : await changes.next();
          if (change.done) return { done: true, value: undefined };
          const signedIn = await sessions.lives(session);
          if (!signedIn) {
            ended = true;
            await changes.return();
          }
          return { done: false, value: { signedIn } };
        },
        async return() {
          await changes.return();
          return { done: true, value: undefined };
        },
        [Symbol.asyncIterator]() {
          return this;
        },
      };
      return events;
    },
  };
}

async function* once(event: BoardEvent): AsyncGenerator<BoardEvent, undefined, undefined> {
  yield event;
}

/** `pitBoardChanged { query { … } }`: the client says what it shows, and gets it whenever it changed. */
export function makeBoardPlugin(unauthorized: () => SafeError): GraphileConfig.Plugin {
  return extendSchema(() => ({
    typeDefs: gql`
      extend type Subscription {
        """
        Tells that something on the pit board changed: tables, seats, slips or points of the
        signed-in person's casino. The first event comes at once. Changes that follow each other
        within a tenth of a second are one event, and after an interruption one event comes for
        all that may have been missed. Ends with UNAUTHORIZED when the session ends.
        """
        pitBoardChanged: PitBoardChanged
      }

      """The pit board changed."""
      type PitBoardChanged {
        """The root query: what the board shows, as it is now."""
        query: Query!
      }
    `,
    objects: {
      Subscription: {
        plans: {
          pitBoardChanged: {
            subscribePlan() {
              return listen(context().get("board"), "board");
            },
            plan($event: Step<BoardEvent>) {
              return lambda($event, (event) => {
                if (!event.signedIn) throw unauthorized();
                return event;
              });
            },
          },
        },
      },
      PitBoardChanged: {
        plans: {
          query() {
            return constant(Object.freeze({}));
          },
        },
      },
    },
  }));
}
