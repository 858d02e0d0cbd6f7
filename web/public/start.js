// Runs before the first paint, so that what was chosen on this device never flashes as something else.
try {
  const { dataset } = document.documentElement;
  const theme = localStorage.getItem("pitledger.theme");
  if (theme === "dark" || theme === "light") dataset.theme = theme;
  if (localStorage.getItem("pitledger.density") === "compact") dataset.density = "compact";
} catch {
  // Storage may be forbidden; the system's preference applies.
}

// A browser reads its list of date formats when it is first asked for one, which takes it a while. Now it is
// waiting for the client anyway.
Intl.DateTimeFormat.supportedLocalesOf(["en"]);
