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
import { channelOf, type Topic } from "../notify.ts";

/** An event of a live field; the last one says that the session has ended. */
interface LiveEvent {
  readonly signedIn: boolean;
}

export type LiveSubscriber = GrafastSubscriber<Record<Topic, LiveEvent>>;

/**
 * What happens in the session's own casino: there is no other to choose. The first event comes when
 * the listening has begun, so that nothing falls between a client's first query and its first
 * event. Before each event the session is looked up again; when it has ended, the subscription
 * says so and ends too. Watching doesn't keep a session from idling out.
 */
export function liveSubscriber(
  ears: Ears,
  sessions: Sessions,
  session: string | undefined,
  viewer: Viewer | undefined,
): LiveSubscriber {
  return {
    async subscribe(topic) {
      if (!viewer || session === undefined) return once({ signedIn: false });
      const changes = await ears.subscribe(channelOf(topic, viewer.casinoId));
      changes.hear();
      let ended = false;
      const events: AsyncIterableIterator<LiveEvent> = {
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

async function* once(event: LiveEvent): AsyncGenerator<LiveEvent, undefined, undefined> {
  yield event;
}

/** `pitBoardChanged { query { … } }`: the client says what it shows, and gets it whenever it changed. */
export function makeLivePlugin(unauthorized: () => SafeError): GraphileConfig.Plugin {
  const watch = (topic: Topic) => ({
    subscribePlan() {
      return listen(context().get("live"), topic);
    },
    plan($event: Step<LiveEvent>) {
      return lambda($event, (event) => {
        if (!event.signedIn) throw unauthorized();
        return event;
      });
    },
  });
  const rootQuery = { plans: { query: () => constant(Object.freeze({})) } };

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

        """
        Tells that something of compliance changed: logged cash, totals and badges, cases, alerts
        or identifications of the signed-in person's casino. Its events come as those of
        pitBoardChanged do.
        """
        complianceChanged: ComplianceChanged
      }

      """The pit board changed."""
      type PitBoardChanged {
        """The root query: what the board shows, as it is now."""
        query: Query!
      }

      """Something of compliance changed."""
      type ComplianceChanged {
        """The root query: what the screen shows, as it is now."""
        query: Query!
      }
    `,
    objects: {
      Subscription: { plans: { pitBoardChanged: watch("board"), complianceChanged: watch("compliance") } },
      PitBoardChanged: rootQuery,
      ComplianceChanged: rootQuery,
    },
  }));
}
