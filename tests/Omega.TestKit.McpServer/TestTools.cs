using System.Globalization;
using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Omega.TestKit.Mcp;

/// <summary>The tools of the sound server: each shows one kind of result, or one way to go wrong.</summary>
public static class TestTools
{
    private const string NoArguments = """{"type":"object","properties":{}}""";

    private static readonly (string Name, string Description, string Schema)[] All =
    [
        ("add", "Adds two numbers.", """{"type":"object","properties":{"a":{"type":"number"},"b":{"type":"number"}},"required":["a","b"],"additionalProperties":false}"""),
        ("echo", "Says it again.", """{"type":"object","properties":{"text":{"type":"string"}},"required":["text"]}"""),
        ("count", "Counts, and says how far it is.", """{"type":"object","properties":{"to":{"type":"integer","maximum":100}},"required":["to"]}"""),
        ("picture", "Draws one point.", NoArguments),
        ("variables", "Names the variables that the server sees.", NoArguments),
        ("refuse", "Says that it failed.", NoArguments),
        ("fail", "Throws.", NoArguments),
        ("big", "Says very much.", """{"type":"object","properties":{"characters":{"type":"integer"}},"required":["characters"]}"""),
        ("hang", "Never answers.", NoArguments),
        ("die", "Ends the server in the middle of the call.", NoArguments),
    ];

    public static McpServerOptions Options() => new()
    {
        ServerInfo = new Implementation { Name = "omega-test-mcp", Version = "1.0" },
        Handlers = new McpServerHandlers
        {
            ListToolsHandler = (_, _) => ValueTask.FromResult(new ListToolsResult
            {
                Tools = [.. All.Select(tool => new Tool { Name = tool.Name, Description = tool.Description, InputSchema = JsonElement.Parse(tool.Schema) })],
            }),
            CallToolHandler = CallAsync,
        },
    };

    private static async ValueTask<CallToolResult> CallAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken)
    {
        var arguments = request.Params!.Arguments ?? new Dictionary<string, JsonElement>();
        switch (request.Params.Name)
        {
            case "add":
                var sum = (arguments["a"].GetDouble() + arguments["b"].GetDouble()).ToString(CultureInfo.InvariantCulture);
                return new CallToolResult { Content = [Text(sum)], StructuredContent = JsonElement.Parse($$"""{"sum":{{sum}}}""") };
            case "echo":
                return Said(arguments["text"].GetString()!);
            case "count":
                return await CountAsync(request, arguments["to"].GetInt32(), cancellationToken);
            case "picture":
                return new CallToolResult { Content = [Text("a point"), ImageContentBlock.FromBytes(new byte[70], "image/png")] };
            case "variables":
                return Said(string.Join('\n', Environment.GetEnvironmentVariables().Keys.Cast<string>().Order(StringComparer.Ordinal)));
            case "refuse":
                return new CallToolResult { Content = [Text("the moon is not for sale")], IsError = true };
            case "big":
                return Said(new string('x', arguments["characters"].GetInt32()));
            case "hang":
                await Console.Error.WriteLineAsync("hanging");
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
                return Said("");
            case "die":
                await Console.Error.WriteLineAsync("out of paper");
                Environment.Exit(7);
                return Said("");
            default:
                throw new McpException($"{request.Params.Name} went wrong");
        }
    }

    private static async Task<CallToolResult> CountAsync(RequestContext<CallToolRequestParams> request, int to, CancellationToken cancellationToken)
    {
        for (var i = 1; i <= to && request.Params!.ProgressToken is { } token; i++)
        {
            await request.Server.NotifyProgressAsync(token, new ProgressNotificationValue { Progress = i, Total = to, Message = $"at {i}" }, cancellationToken: cancellationToken);
        }

        return Said($"counted to {to}");
    }

    private static CallToolResult Said(string text) => new() { Content = [Text(text)] };

    private static TextContentBlock Text(string text) => new() { Text = text };
}
