using Omega.Gpt.Providers;

namespace Omega.Live.Tests;

/// <summary>
/// The checks over real providers: with <c>OMEGA_LIVE=1</c> and a key in the environment, else skipped. A run costs at most $0.05; a turn
/// that could go over that is not sent.
/// </summary>
public sealed class LiveTests
{
    private static readonly LiveBudget Budget = new(LiveBudget.RunUsd);
    private static readonly ProviderRegistry Providers = ProviderRegistry.Create(Environment.GetEnvironmentVariable);

    public static TheoryData<string> Wires => [.. LiveWire.All.Select(wire => wire.Name)];

    [Theory]
    [MemberData(nameof(Wires))]
    public Task Streaming_Provider_GivesTheWholeAnswer(string wire) => Checks().StreamingAsync(Model(wire), TestContext.Current.CancellationToken);

    [Theory]
    [MemberData(nameof(Wires))]
    public Task Calling_Provider_CallsWithWholeArguments(string wire) => Checks().CallingAsync(Model(wire), TestContext.Current.CancellationToken);

    [Theory]
    [MemberData(nameof(Wires))]
    public Task Usage_Provider_IsReportedAndPriced(string wire) => Checks().UsageAsync(Model(wire), TestContext.Current.CancellationToken);

    [Theory]
    [MemberData(nameof(Wires))]
    public Task Continuing_Provider_GoesOnWhereTheBeginningEnds(string wire)
    {
        var model = Model(wire);
        Assert.SkipUnless(Checks().Continues(model), $"{model} continues no answer that was begun.");
        return Checks().ContinuingAsync(model, TestContext.Current.CancellationToken);
    }

    private static LiveChecks Checks() => new(Providers, Budget);

    private static string Model(string name)
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("OMEGA_LIVE") == "1", "Asks real providers, for money: set OMEGA_LIVE=1.");
        var wire = LiveWire.All.First(known => known.Name == name);
        var model = wire.Choose(Providers, Environment.GetEnvironmentVariable);
        Assert.SkipWhen(model is null, $"There is no key for {string.Join(", ", wire.Models)}; {wire.Variable} names another model.");
        return model!;
    }
}
