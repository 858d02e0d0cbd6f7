// The command line: `node bin/pitledger.js COMMAND …` runs bin/COMMAND.ts. It is plain JavaScript
// so that it also starts on a Node that can't run TypeScript, and can say what to do about that.

const major = Number(process.versions.node.split(".")[0]);
const [command = "start", ...args] = process.argv.slice(2);

if (major < 24) {
  console.error(
    `PitLedger runs on Node 24, which npm installs with it, but this is Node ${process.versions.node}.\n` +
      "npm skipped the install scripts, or you called node directly: run commands as `npm start`,\n" +
      "and if that is what you did, run `npm rebuild` first.",
  );
  process.exit(1);
}

if (!/^[a-z-]+$/.test(command)) {
  console.error(`There is no command "${command}".`);
  process.exit(1);
}

try {
  const { main } = await import(`./${command}.ts`);
  const code = await main(args);
  if (typeof code === "number") process.exitCode = code;
} catch (thrown) {
  const isSentence = thrown instanceof Error && thrown.name === "Sentence";
  console.error(isSentence && process.env.DEBUG === undefined ? `\n${thrown.message}` : thrown);
  process.exitCode = 1;
}
