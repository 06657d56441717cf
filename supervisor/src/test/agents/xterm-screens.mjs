// Plays a recording (asciicast v2 on standard input) to xterm.js and prints a JSON line for each of its checkpoints.
// A row is a list of runs of one style: [foreground, background, attributes, [text, ...]], a text for each cell,
// a space for a blank and nothing for the right half of a wide character.
// Colours: -1 the terminal's own, 0 to 255 the palette's, 2^24 + rgb. Attributes: names of Cell.Attribute.
// Usage: node xterm-screens.mjs NODE_MODULES
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const load = createRequire(process.argv[2] + "/");
const { Terminal } = load("@xterm/headless");
const { UnicodeGraphemesAddon } = load("@xterm/addon-unicode-graphemes");

const attributes = {
  BOLD: "isBold",
  FAINT: "isDim",
  ITALIC: "isItalic",
  UNDERLINE: "isUnderline",
  BLINK: "isBlink",
  INVERSE: "isInverse",
  HIDDEN: "isInvisible",
  STRUCK: "isStrikethrough",
  OVERLINE: "isOverline",
};

function colour(isOwn, isDirect, value) {
  return isOwn ? -1 : isDirect ? 2 ** 24 + value : value;
}

function row(line, columns) {
  const runs = [];
  let last;
  for (let column = 0; column < columns; column++) {
    const cell = line.getCell(column);
    const style = [
      colour(cell.isFgDefault(), cell.isFgRGB(), cell.getFgColor()),
      colour(cell.isBgDefault(), cell.isBgRGB(), cell.getBgColor()),
      Object.keys(attributes).filter((name) => cell[attributes[name]]()),
    ];
    if (last !== String(style)) {
      runs.push([...style, []]);
      last = String(style);
    }
    runs.at(-1)[3].push(cell.getWidth() === 0 ? "" : cell.getChars() || " ");
  }
  return runs;
}

function screen(terminal, label) {
  const buffer = terminal.buffer.active;
  const rows = [];
  for (let y = 0; y < terminal.rows; y++) {
    rows.push(row(buffer.getLine(buffer.baseY + y), terminal.cols));
  }
  return JSON.stringify({ label, rows });
}

let terminal;
for await (const line of createInterface({ input: process.stdin })) {
  const event = JSON.parse(line);
  const [, kind, value] = Array.isArray(event) ? event : [];
  if (!Array.isArray(event)) {
    terminal = new Terminal({ cols: event.width, rows: event.height, scrollback: 1000, allowProposedApi: true, logLevel: "off" });
    terminal.loadAddon(new UnicodeGraphemesAddon());
    terminal.unicode.activeVersion = "15-graphemes";
  } else if (kind === "o") {
    await new Promise((written) => terminal.write(value, written));
  } else if (kind === "r") {
    terminal.resize(...value.split("x").map(Number));
  } else {
    process.stdout.write(screen(terminal, value) + "\n");
  }
}
