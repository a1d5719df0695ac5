using ModelContextProtocol.Server;
using Omega.TestKit.Mcp;

// Without arguments: a sound server over standard input and output, made with the official package.
// --raw SCRIPT: one that misbehaves as the script says (see RawServer).
if (args is ["--raw", var script])
    return await RawServer.RunAsync(script);

var options = TestTools.Options();
await using var server = McpServer.Create(new StdioServerTransport(options), options);
await server.RunAsync();
return 0;
