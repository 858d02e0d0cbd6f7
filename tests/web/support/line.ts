import { createServer, connect as dial, type Socket } from "node:net";

/** How a line fails a request: it never gets through, its answer is lost or never comes, or all is cut. */
export type Failure = "request" | "answer" | "silence" | "line";

/** A line between a browser and the server that fails when it is told to. */
export interface Line {
  readonly url: string;
  /** The next request that holds this text meets the failure; everything else goes on. */
  failNext(text: string, failure: Failure): void;
  /** Cuts every connection, and takes no other until it is mended. */
  cut(): void;
  mend(): void;
  close(): Promise<void>;
}

export async function openLine(to: string): Promise<Line> {
  const { hostname, port } = new URL(to);
  const open = new Set<Socket>();
  let down = false;
  let next: { text: string; failure: Failure } | undefined;

  const cut = () => {
    down = true;
    for (const socket of open) socket.destroy();
  };

  const server = createServer((browser) => {
    if (down) return void browser.destroy();
    const upstream = dial(Number(port), hostname);
    let isLost = false;
    let isSilent = false;
    const end = () => {
      browser.destroy();
      // What was sent on its way arrives, whoever waits for the answer or not.
      if (isLost) upstream.end();
      else upstream.destroy();
    };
    for (const socket of [browser, upstream]) {
      open.add(socket);
      socket.on("error", () => undefined); // its closing follows
      socket.on("close", () => {
        open.delete(socket);
        // A silent line doesn't even say that the other side hung up.
        if (socket === browser || !isSilent) end();
      });
    }
    browser.on("data", (data) => {
      const failure = next && data.includes(next.text) ? next.failure : undefined;
      if (failure !== undefined) next = undefined;
      if (failure === "request") return end();
      upstream.write(data);
      if (failure === "answer") isLost = true;
      if (failure === "silence") isSilent = true;
      if (failure === "line") cut();
    });
    upstream.on("data", (data) => {
      if (isLost) end();
      else if (!isSilent) browser.write(data);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The line has no port.");
  return {
    url: `http://127.0.0.1:${address.port}`,
    failNext(text, failure) {
      next = { text, failure };
    },
    cut,
    mend() {
      down = false;
      next = undefined;
    },
    async close() {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
