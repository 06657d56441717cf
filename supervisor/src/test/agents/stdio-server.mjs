// An MCP server over stdio on the official SDK, with agentctl's tools and nothing behind them: what one process for each
// agent costs. usage: node stdio-server.mjs SDK-FOLDER TOOLS-LIST.json
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [sdk, tools] = process.argv.slice(2);
const load = (path) => import(pathToFileURL(`${sdk}/dist/esm/${path}`).href);
const { Server } = await load("server/index.js");
const { StdioServerTransport } = await load("server/stdio.js");
const { CallToolRequestSchema, ListToolsRequestSchema } = await load("types.js");

const list = JSON.parse(readFileSync(tools, "utf8"));
const server = new Server({ name: "stdio", version: "1" }, { capabilities: { tools: {} } });
server.setRequestHandler(ListToolsRequestSchema, async () => list);
server.setRequestHandler(CallToolRequestSchema, async () => ({
  content: [{ type: "text", text: "stored" }],
  structuredContent: { status: "stored" },
}));
await server.connect(new StdioServerTransport());
