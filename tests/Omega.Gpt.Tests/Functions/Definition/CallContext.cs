using System.Text.Json;

namespace Omega.Gpt.Tests.Functions.Definition;

/// <summary>A call outside any turn: keeps what a function reports.</summary>
internal sealed class CallContext : FunctionContext
{
    public override string Call => "t1.1.0";

    public override string Name => "f";

    public override string Turn => "t1";

    public override string Conversation => "c";

    public override string IdempotencyKey => "key";

    public override TimeProvider Time => TimeProvider.System;

    public List<string> Reports { get; } = [];

    public override ValueTask ReportAsync(JsonElement data, CancellationToken cancellationToken = default)
    {
        Reports.Add(data.GetRawText());
        return ValueTask.CompletedTask;
    }

    /// <summary>Runs a function with arguments that its own schema accepts.</summary>
    public async Task<string> RunAsync(GptFunction function, string arguments, CancellationToken cancellationToken = default)
    {
        var validation = Omega.Gpt.Functions.Schema.JsonSchema.Compile(function.Definition.Parameters).Validate(arguments);
        Assert.True(validation.IsValid, validation.ToString());
        return (await function.Handler!(JsonElement.Parse(arguments), this, cancellationToken)).GetRawText();
    }
}
