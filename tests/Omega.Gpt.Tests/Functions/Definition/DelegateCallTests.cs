using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Omega.Gpt.Tests.Functions.Definition;

public sealed class DelegateCallTests
{
    private readonly CallContext _call = new();

    public static TheoryData<string, Delegate, string> Returns => new()
    {
        { "void", () => { }, "null" },
        { "task", () => Task.CompletedTask, "null" },
        { "value task", () => ValueTask.CompletedTask, "null" },
        { "value", () => 3, "3" },
        { "text", () => "hi", "\"hi\"" },
        { "null text", string? () => null, "null" },
        { "task of value", () => Task.FromResult(3.5m), "3.5" },
        { "late task of value", async () => { await Task.Yield(); return Side.Sell; }, "\"Sell\"" },
        { "value task of record", () => ValueTask.FromResult(new OrderResult("7", Side.Buy, 1.5m)), """{"id":"7","side":"Buy","filled":1.5}""" },
        { "JSON", () => JsonElement.Parse("""{"a":[1]}"""), """{"a":[1]}""" },
        { "task of JSON", () => Task.FromResult(JsonElement.Parse("[1]")), "[1]" },
        { "list", () => new List<int> { 1, 2 }, "[1,2]" },
    };

    [Theory]
    [MemberData(nameof(Returns))]
    public async Task Run_Result_IsWrittenAsJson(string name, Delegate method, string expected)
    {
        var result = await _call.RunAsync(GptFunction.Create(method, "f"), "{}", TestContext.Current.CancellationToken);

        Assert.True(expected == result, $"{name}: {result}");
        Assert.Empty(_call.Reports);
    }

    public static TheoryData<string, string, string> Bindings => new()
    {
        { "all given", """{"name":"x","size":2,"side":"Buy","note":"n"}""", "x 2 Buy n" },
        { "defaults", """{"name":"x","size":2}""", "x 2 Sell -" },
        { "null for what takes it", """{"name":"x","size":2,"note":null}""", "x 2 Sell -" },
    };

    [Theory]
    [MemberData(nameof(Bindings))]
    public async Task Run_Arguments_AreBound(string name, string arguments, string expected)
    {
        var function = GptFunction.Create((string name, int size, Side side = Side.Sell, string? note = null) => $"{name} {size} {side} {note ?? "-"}", "f");

        Assert.True($"\"{expected}\"" == await _call.RunAsync(function, arguments, TestContext.Current.CancellationToken), name);
    }

    [Fact]
    public async Task Run_DefaultOfAStruct_IsItsDefault()
    {
        var function = GptFunction.Create((DateTimeOffset since = default, Guid id = default) => since == default && id == Guid.Empty, "f");

        Assert.Equal("true", await _call.RunAsync(function, "{}", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Run_ContextAndToken_AreTheCallsOwn()
    {
        using var source = new CancellationTokenSource();
        CancellationToken seen = default;
        var function = GptFunction.Create((FunctionContext context, CancellationToken token) => { seen = token; return context.IdempotencyKey; }, "f");

        Assert.Equal("\"key\"", await _call.RunAsync(function, "{}", source.Token));
        Assert.Equal(source.Token, seen);
    }

    [Fact]
    public async Task Run_MethodThatThrows_ThrowsThatVeryException()
    {
        var function = GptFunction.Create(int () => throw new FormatException("mine"), "f");

        var error = await Assert.ThrowsAsync<FormatException>(() => _call.RunAsync(function, "{}", TestContext.Current.CancellationToken));

        Assert.Equal("mine", error.Message);
    }

    [Fact]
    public async Task Run_NumberThatTheTypeCannotHold_SaysWhere()
    {
        var function = GptFunction.Create((OrderRequest order, int size) => size, "f");

        var error = await Assert.ThrowsAsync<GptException>(() => _call.RunAsync(function, """{"order":{"market":"BTC","side":"Buy","size":1},"size":3000000000}""", TestContext.Current.CancellationToken));

        Assert.Equal(GptErrorKind.FunctionArguments, error.Kind);
        Assert.Contains("/size", error.Message, StringComparison.Ordinal);
        Assert.Contains("3000000000", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ExtensionMethodBoundToItsFirstArgument_IsCalledOnIt()
    {
        Func<int, string> repeat = "ab".Repeat;
        var function = GptFunction.Create(repeat);

        Assert.Equal("repeat", function.Definition.Name);
        Assert.Equal("\"ababab\"", await _call.RunAsync(function, """{"times":3}""", TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(StreamedResult.All, "[1,2,3]")]
    [InlineData(StreamedResult.Last, "3")]
    [InlineData(StreamedResult.Count, "3")]
    public async Task Run_Stream_IsReportedItemByItemAndKeptAsAsked(StreamedResult kept, string expected)
    {
        var function = GptFunction.Create(Count, options: new GptFunctionOptions { StreamedResult = kept });

        Assert.Equal(expected, await _call.RunAsync(function, """{"to":3}""", TestContext.Current.CancellationToken));
        Assert.Equal(["1", "2", "3"], _call.Reports);
    }

    [Fact]
    public async Task Run_TaskOfStream_IsAStream()
    {
        var function = GptFunction.Create((int to) => Task.FromResult(Count(to, CancellationToken.None)), "f");

        Assert.Equal("[1,2]", await _call.RunAsync(function, """{"to":2}""", TestContext.Current.CancellationToken));
        Assert.Equal(2, _call.Reports.Count);
    }

    [Fact]
    public async Task Run_StreamWithoutEnd_StopsAtTheLargestResult()
    {
        var function = GptFunction.Create(Count, options: new GptFunctionOptions { MaxResultBytes = 10 });

        var error = await Assert.ThrowsAsync<GptException>(() => _call.RunAsync(function, """{"to":2000000000}""", TestContext.Current.CancellationToken));

        Assert.Equal(GptErrorKind.FunctionExecution, error.Kind);
        Assert.Equal(6, _call.Reports.Count);
    }

    [Fact]
    public async Task Run_StreamThatIsCancelled_EndsIt()
    {
        using var source = new CancellationTokenSource();
        var ended = false;
        var function = GptFunction.Create(Endless, "f");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _call.RunAsync(function, "{}", source.Token));
        Assert.True(ended);

        async IAsyncEnumerable<int> Endless([EnumeratorCancellation] CancellationToken token)
        {
            try
            {
                for (var i = 0; ; i++)
                {
                    if (i == 3)
                        await source.CancelAsync();
                    token.ThrowIfCancellationRequested();
                    yield return i;
                }
            }
            finally
            {
                ended = true;
            }
        }
    }

    [Fact]
    public async Task Run_TypedFunction_BindsTheRecordWithoutReflection()
    {
        var function = GptFunction.Create<OrderRequest, OrderResult>(
            "place_order", "Places an order.", (order, context, token) => ValueTask.FromResult(new OrderResult(context.IdempotencyKey, order.Side, order.Size)), DefinitionJson.Default);

        Assert.Equal("object", function.Definition.Parameters.GetProperty("type").GetString());
        Assert.Equal("""{"id":"key","side":"Sell","filled":3}""", await _call.RunAsync(function, """{"market":"BTC","side":"Sell","size":3}""", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Run_TypedStreamingFunction_ReportsEachItem()
    {
        var function = GptFunction.CreateStreaming<OrderRequest, int>("count", null, (order, context, token) => Count(order.Size, token), DefinitionJson.Default);

        Assert.Equal("[1,2]", await _call.RunAsync(function, """{"market":"BTC","side":"Sell","size":2}""", TestContext.Current.CancellationToken));
        Assert.Equal(["1", "2"], _call.Reports);
    }

    [Fact]
    public async Task FromMethods_MarkedMethods_BecomeFunctionsWithTheirOptions()
    {
        var functions = GptFunction.FromMethods(new Desk("d"));

        Assert.Equal(["place", "get_price"], functions.Select(function => function.Definition.Name));
        Assert.Equal(new GptFunctionOptions { RequiresApproval = true, Timeout = TimeSpan.FromSeconds(5) }, functions[0].Options);
        Assert.Equal(FunctionEffect.Pure, functions[1].Options.Effect);
        Assert.Equal("\"d BTC\"", await _call.RunAsync(functions[1], """{"market":"BTC"}""", TestContext.Current.CancellationToken));
        Assert.Equal(functions.Select(function => function.Definition.Parameters.GetRawText()),
            GptFunction.FromMethods(new Desk("d"), DefinitionJson.Default).Select(function => function.Definition.Parameters.GetRawText()));
    }

    private static async IAsyncEnumerable<int> Count(int to, [EnumeratorCancellation] CancellationToken token)
    {
        for (var i = 1; i <= to; i++)
        {
            await Task.Yield();
            token.ThrowIfCancellationRequested();
            yield return i;
        }
    }

    public sealed class Desk(string name)
    {
        [GptFunction(Effect = FunctionEffect.Pure)]
        public Task<string> GetPriceAsync(string market) => Task.FromResult($"{name} {market}");

        [GptFunction("place", RequiresApproval = true, TimeoutSeconds = 5)]
        public static int APlaceOrder(OrderRequest order) => order.Size;

        public int NotForModels(int x) => x;
    }
}

internal static class Texts
{
    public static string Repeat(this string text, int times) => string.Concat(Enumerable.Repeat(text, times));
}
