using System.Globalization;
using System.Text.Json;
using Omega.TestKit;

namespace Omega.Gpt.Tests.Functions.Outside;

public sealed class CommandHandlerTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly OutsideCall _call = new();

    public void Dispose() => _folder.Dispose();

    private static GptFunction Function(CommandOptions command, GptFunctionOptions? options = null) =>
        GptFunction.FromCommand(new FunctionDefinition("f", null, FunctionSet.NoParameters), command, options);

    private static GptFunction Shell(string script, GptFunctionOptions? options = null) => Function(new CommandOptions("sh", "-c", script), options);

    [Fact]
    public async Task Run_Program_GetsTheArgumentsOnItsInputAndItsOutputIsTheResult()
    {
        var result = await _call.RunAsync(Function(new CommandOptions("cat")), """{"city": "Ålesund", "days": [1, 2]}""");

        Assert.True(JsonElement.DeepEquals(JsonElement.Parse("""{"city":"Ålesund","days":[1,2]}"""), result));
    }

    [Theory]
    [InlineData("printf 42", "42")]
    [InlineData("echo ' {\"a\": [1, null]} '", "{\"a\": [1, null]}")]
    [InlineData("echo plain text; echo", "\"plain text\"")]
    [InlineData("printf 'a\\nb\\n'", "\"a\\nb\"")]
    [InlineData("printf '{\"a\":1} tail'", "\"{\\\"a\\\":1} tail\"")]
    [InlineData("printf '{\"a\":1,\"a\":2}'", "\"{\\\"a\\\":1,\\\"a\\\":2}\"")]
    [InlineData("true", "\"\"")]
    public async Task Run_Output_IsJsonWhereItIsOneElseAString(string script, string expected)
    {
        var result = await _call.RunAsync(Shell(script));

        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(expected), result), result.GetRawText());
    }

    [Fact]
    public async Task Run_Arguments_AreReadByNoShell()
    {
        var result = await _call.RunAsync(Function(new CommandOptions("printf", "%s|", "$(echo no)", "*", "a b", "")));

        Assert.Equal("$(echo no)|*|a b||", result.GetString());
    }

    [Theory]
    [InlineData("echo first >&2; echo last words >&2; exit 3", "\"sh\" ended with exit code 3: first\nlast words")]
    [InlineData("exit 1", "\"sh\" ended with exit code 1")]
    [InlineData("kill -9 $$", "\"sh\" ended with exit code 137")]
    [InlineData("printf '\\377\\376'", "\"sh\" wrote something on standard output that is not UTF-8. Let it write UTF-8.")]
    public async Task Run_Failure_SaysHow(string script, string expected)
    {
        var error = await Assert.ThrowsAsync<GptException>(async () => await _call.RunAsync(Shell(script)));

        Assert.Equal((GptErrorKind.FunctionExecution, GptPhase.Function, expected), (error.Kind, error.Phase, error.Message));
    }

    [Fact]
    public async Task Run_MuchOnStandardError_IsReadToItsEndAndOnlyTheLastLinesAreKept()
    {
        var error = await Assert.ThrowsAsync<GptException>(async () => await _call.RunAsync(Shell("seq 1 200000 >&2; exit 9")));

        Assert.EndsWith(": 199993\n199994\n199995\n199996\n199997\n199998\n199999\n200000", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_OutputWithoutEnd_IsStoppedAtTheBound()
    {
        var error = await Assert.ThrowsAsync<GptException>(async () => await _call.RunAsync(Function(new CommandOptions("yes"), new GptFunctionOptions { MaxResultBytes = 1000 })).AsTask().Soon());

        Assert.StartsWith("\"yes\" returned more than 1000 bytes and was stopped.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ProgramThatReadsNoInput_IsNotWaitedFor()
    {
        var result = await _call.RunAsync(Shell("echo done"), JsonSerializer.Serialize(new { text = new string('x', 4_000_000) })).AsTask().Soon();

        Assert.Equal("done", result.GetString());
    }

    [Fact]
    public async Task Run_Cancelled_EndsTheProgramAndWhatItStarted()
    {
        using var cancel = new CancellationTokenSource();
        var run = _call.RunAsync(Shell($"sleep 1000 & echo $! $$ > '{_folder.At("ids.new")}'; mv '{_folder.At("ids.new")}' '{_folder.At("ids")}'; wait"), cancellationToken: cancel.Token).AsTask();
        await Until(() => File.Exists(_folder.At("ids")));
        var ids = (await File.ReadAllTextAsync(_folder.At("ids"), CancellationToken.None)).Split(' ').Select(id => int.Parse(id, CultureInfo.InvariantCulture)).ToArray();
        Assert.All(ids, id => Assert.True(IsAlive(id)));

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
        await Until(() => !ids.Any(IsAlive));
    }

    [Fact]
    public async Task Run_SomethingLeftRunning_DoesNotHoldTheResultAndIsEnded()
    {
        var result = await _call.RunAsync(Shell("sleep 1000 & echo $!")).AsTask().Soon();

        await Until(() => !IsAlive(result.GetInt32()));
    }

    [Fact]
    public async Task Run_Variables_TellTheCallAndHideProviderKeys()
    {
        var result = await _call.RunAsync(Function(new CommandOptions("sh", "-c", "echo $OMEGA_CALL $OMEGA_IDEMPOTENCY_KEY $COLOUR; pwd") { WorkingDirectory = _folder.Path, Environment = new Dictionary<string, string> { ["COLOUR"] = "green" } }));

        Assert.Equal($"t.1.0 key-1 green\n{_folder.Path}", result.GetString());
    }

    [Fact]
    public async Task Run_Progress_ReportsLinesOfStandardErrorInOrder()
    {
        var function = Function(new CommandOptions("sh", "-c", """echo one >&2; echo '{"done": 2}' >&2; printf 'three\r' >&2; printf '\n\n{four' >&2; echo ok""") { ReportsProgress = true });

        Assert.Equal("ok", (await _call.RunAsync(function)).GetString());

        Assert.Equal(["\"one\"", "{\"done\": 2}", "\"three\"", "\"{four\""], _call.Reported);
    }

    [Fact]
    public async Task Run_ProgressWithoutEnd_IsBoundedAndSaysSo()
    {
        await _call.RunAsync(Function(new CommandOptions("seq", "-f", "%.0f", "1", "1") { ReportsProgress = true }));
        await _call.RunAsync(Function(new CommandOptions("sh", "-c", "seq 1 100000 >&2") { ReportsProgress = true }));

        Assert.InRange(_call.Reported.Count, 2, 1001);
        Assert.Matches("^\"\\([0-9,]+ more were left out\\)\"$", _call.Reported[^1]);
    }

    [Theory]
    [InlineData("no-such-program-of-omega", "there is no program \"no-such-program-of-omega\" in PATH. Check its name, or install it.")]
    [InlineData("./no-such-program", "there is no program \"./no-such-program\" that may be executed. Check its name, or install it.")]
    public async Task Run_NoSuchProgram_SaysSo(string program, string expected)
    {
        var error = await Assert.ThrowsAsync<GptException>(async () => await _call.RunAsync(Function(new CommandOptions(program))));

        Assert.Equal((GptErrorKind.FunctionExecution, expected), (error.Kind, error.Message));
    }

    [Fact]
    public async Task Run_NoSuchFolder_SaysSo()
    {
        var error = await Assert.ThrowsAsync<GptException>(async () => await _call.RunAsync(Function(new CommandOptions("true") { WorkingDirectory = _folder.At("gone") })));

        Assert.StartsWith($"there is no folder {_folder.At("gone")}", error.Message, StringComparison.Ordinal);
    }

    private static bool IsAlive(int id) => File.Exists($"/proc/{id}/stat") && !File.ReadAllText($"/proc/{id}/stat").Contains(") Z", StringComparison.Ordinal);

    private static async Task Until(Func<bool> condition)
    {
        using var bound = new CancellationTokenSource(Patience.Bound, TimeProvider.System);
        while (!condition())
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, bound.Token);
    }
}
