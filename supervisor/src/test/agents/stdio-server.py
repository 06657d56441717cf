"""An MCP server over stdio on Python's standard library alone, with agentctl's tools and nothing behind them: the least
that one Python process for each agent costs. usage: python3 stdio-server.py TOOLS-LIST.json"""

import json
import sys

with open(sys.argv[1], encoding="utf-8") as file:
    TOOLS = json.load(file)

RESULTS = {
    "initialize": {
        "protocolVersion": "2025-06-18",
        "capabilities": {"tools": {}},
        "serverInfo": {"name": "stdio", "version": "1"},
    },
    "tools/list": TOOLS,
    "tools/call": {"content": [{"type": "text", "text": "stored"}], "structuredContent": {"status": "stored"}},
    "ping": {},
}

for line in sys.stdin:
    message = json.loads(line)
    if "id" in message:
        answer = {"jsonrpc": "2.0", "id": message["id"], "result": RESULTS[message["method"]]}
        print(json.dumps(answer), flush=True)
