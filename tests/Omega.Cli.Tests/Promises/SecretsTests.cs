using Omega.Cli.Tests.Processes;
using Omega.Gpt;
using Omega.Gpt.Providers;
using Omega.Gpt.Resilience;
using Omega.TestKit;

namespace Omega.Cli.Tests.Promises;

/// <summary>
/// Secrets stay secret: keys are planted wherever keys come from, servers send them back wherever they can, and then everything that was
/// written, printed or thrown is searched for them.
/// </summary>
public sealed class SecretsTests : IAsyncDisposable
{
    // No real provider's pattern: what is found by its looks alone would not prove that keys are known.
    private const string Key = "plantedkey-8b1f4c6e2a9d7350";
    private const string SecondKey = "plantedkey-second-e61c0b7f9d25";
    private const string Password = "planted-password-57a3e9";
    private const string Token = "planted-url-token-c40d81";
    private const string Passphrase = "planted passphrase 9f2b";

    private static readonly string[] All = [Key, SecondKey, Password, Token, Passphrase];

    private readonly ModelServer _server = ModelServer.Start();

    private string BaseUrl => $"http://user:{Password}@127.0.0.1:{_server.Port}/v1?token={Token}";

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    public static TheoryData<string> Sources => ["environment", ".env", "store", "store with passphrase", "--api-key"];

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task Ask_KeyFromAnywhere_ServerSendsItBack_IsNowhere(string source)
    {
        // Pauses before a retry are the clock's, in steps that leave sockets their time.
        var clock = new ClockDriver();
        using var cli = new CliRun { Time = clock.Time };
        var scan = new SecretScan(All);
        var arguments = await PlantAsync(cli, source, scan);
        await File.WriteAllTextAsync(cli.At("functions.json"), """[{"name": "note", "effect": "pure", "command": ["cat"], "parameters": {"type": "object"}}]""");
        var turn = 0;
        foreach (var (name, answer) in EchoingServer.Answers)
        {
            _server.Respond(answer);
            // Both ways of showing for one source, the one or the other for the rest.
            foreach (var debug in source == "environment" ? (string[])["0", "1"] : [turn++ % 2 == 0 ? "0" : "1"])
            {
                cli.Environment["OMEGA_DEBUG"] = debug;
                await RunAsync(name, ["ask", "Who am I?", "-m", "openai/gpt-4.1", "--functions", cli.At("functions.json"), .. debug == "1" ? ["--json"] : Array.Empty<string>(), .. arguments]);
            }
        }

        _server.Models = Reply.OpenAIError(401, $"No {Key}, no {Token}.", code: "invalid_api_key");
        foreach (var command in (string[][])[["doctor"], ["doctor", "--json"], ["keys", "list"], ["keys", "list", "--json"], ["keys", "test"], ["models"], ["sessions", "list", "--json"]])
            await RunAsync(string.Join(' ', command), command);
        scan.Folder(cli.Home);

        scan.ThrowIfFound();
        // The scan would have found them: the server got the key, and the answers were kept.
        Assert.Contains(_server.Requests, request => request.Header("Authorization") == $"Bearer {Key}" && request.Query.Contains(Token, StringComparison.Ordinal));
        Assert.NotEmpty(new SecretScan("You are [key", "are you?\"}],").Folder(cli.Home).Finds);

        async Task RunAsync(string name, string[] words)
        {
            var result = await clock.RunAsync(cli.RunAsync(words), TimeSpan.FromMilliseconds(50));
            scan.Text($"{name}: output", result.Output).Text($"{name}: error", result.Error);
        }
    }

    [Fact]
    public async Task Engine_ServerSendsKeysBack_NoEventAndNoExceptionHoldsThem()
    {
        using var folder = new TempFolder();
        var scan = new SecretScan(All);
        var variables = new Dictionary<string, string?> { ["OPENAI_API_KEY"] = Key, ["OPENAI_API_KEY_2"] = SecondKey, ["OPENAI_BASE_URL"] = BaseUrl };
        foreach (var (name, answer) in EchoingServer.Answers)
        {
            _server.Respond(answer);
            var providers = ProviderRegistry.Create(variables.GetValueOrDefault);
            var engine = new GptEngine(providers, store: new FileConversationStore(folder.Path), pipeline: new GptPipelineOptions { Keys = new KeyOptions(), Throttle = new ThrottleOptions() });
            try
            {
                await foreach (var gptEvent in engine.RunAsync(engine.NewConversation(), [Message.User("Who am I?")], new TurnOptions { Model = "openai/gpt-4.1" }))
                    scan.Text($"{name}: event", GptJson.ToJson(gptEvent)).Text($"{name}: event as text", gptEvent.ToString());
            }
            catch (GptException exception)
            {
                scan.Error($"{name}: exception", exception).Text($"{name}: partial text", exception.PartialText).Text($"{name}: request id", exception.RequestId);
            }

            scan.Text($"{name}: keys", string.Concat(providers.DescribeKeys())).Text($"{name}: providers", string.Concat(providers.Describe()));
        }

        scan.Folder(folder.Path).ThrowIfFound();
        Assert.Contains(_server.Requests, request => request.Header("Authorization") == $"Bearer {SecondKey}");
    }

    /// <summary>The program itself, with keys in its real environment: programs that it starts print theirs, and it is asked for everything that it shows.</summary>
    [Fact]
    public async Task Program_StartsOthersAndShowsAll_NoneGetsAKey()
    {
        using var omega = new OmegaProcess();
        omega.Environment["OPENAI_API_KEY"] = Key;
        omega.Environment["OPENAI_API_KEY_2"] = SecondKey;
        omega.Environment["OPENAI_BASE_URL"] = _server.BaseUrl;
        omega.Environment[KeyStore.PassphraseVariable] = Passphrase;
        omega.Environment["OMEGA_DEBUG"] = "1";
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder.At("functions.json"), """[{"name": "environment", "effect": "pure", "command": ["env"]}]""");
        var mcp = $"test='{Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet"}' '{Path.Combine(AppContext.BaseDirectory, "omega-test-mcp.dll")}'";
        var scan = new SecretScan(All);
        _server.Enqueue(
            Reply.Stream(ChatCompletionsStream.Create().Call(0, "call_1", "environment", "{}").Finish("tool_calls").Done()),
            Reply.OpenAIError(401, $"Not {Key}.", code: "invalid_api_key"),
            Reply.Stream(ChatCompletionsStream.Create().Text("Well, ", SecondKey[..15], SecondKey[15..], ".").Finish("stop").Done()));

        await RunAsync("", "ask", "What is in the environment?", "-m", "openai/gpt-4.1", "--functions", folder.At("functions.json"), "--mcp", mcp, "--json");
        await RunAsync(Key + "-third\n", "keys", "add", "openai");
        await RunAsync("", "keys", "list");
        await RunAsync("", "doctor", "--json");
        await RunAsync("", "keys", "add", "openai", Key);

        scan.Folder(omega.Home).ThrowIfFound();
        Assert.Equal(3, _server.Requests.Count);
        Assert.Contains("OMEGA_HOME", _server.Requests[1].BodyText, StringComparison.Ordinal);
        scan.Bytes("what the model is told", _server.Requests[^1].Body.Span).ThrowIfFound();

        async Task RunAsync(string input, params string[] words)
        {
            var result = await omega.RunAsync(input, words);
            scan.Text($"{words[0]}: output", result.Output).Text($"{words[0]}: error", result.Error);
        }
    }

    /// <returns>What the command line has to say.</returns>
    private async Task<string[]> PlantAsync(CliRun cli, string source, SecretScan scan)
    {
        cli.Environment["OPENAI_BASE_URL"] = BaseUrl;
        switch (source)
        {
            case "environment":
                cli.Environment["OPENAI_API_KEY"] = Key;
                cli.Environment["OPENAI_API_KEY_2"] = SecondKey;
                return [];
            case ".env":
                await File.WriteAllTextAsync(cli.At(".env"), $"OPENAI_API_KEY={Key}\nOPENAI_API_KEY_2='{SecondKey}'\n");
                return [];
            case "--api-key":
                return ["--api-key", Key];
        }

        if (source.EndsWith("passphrase", StringComparison.Ordinal))
            cli.Environment[KeyStore.PassphraseVariable] = Passphrase;
        foreach (var key in (string[])[Key, SecondKey])
        {
            cli.Typed = key;
            var added = await cli.RunAsync("keys", "add", "openai");
            scan.Text("keys add: output", added.Output).Text("keys add: error", added.Error);
        }

        return [];
    }
}
