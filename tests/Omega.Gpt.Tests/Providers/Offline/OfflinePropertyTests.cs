using CsCheck;
using Omega.Gpt.Functions.Schema;
using Omega.Gpt.Tests.Providers.Offline.Acceptance;
using static Omega.Gpt.Tests.Providers.Offline.OfflineReading;

namespace Omega.Gpt.Tests.Providers.Offline;

/// <summary>Prompts of random characters mixed with the pieces of which real ones are made.</summary>
public sealed class OfflinePropertyTests
{
    private static readonly string[] Tokens =
    [
        " ", " ", " ", "and", ", ", "\"", "'", "“", "to", "from", "in", "weather", "convert", "USD", "EUR", "$", "50,000", "1.5M", "-3", "3%", "99999999999999999999",
        "timer", "minutes", "0", "email", "a@b.co", "2025-02-30", "2025-02-28", "May 5, 2025", "Paris", "flights", "remind me", "tomorrow", "at 25:00", "6pm", "/tmp/x",
        "*.log", "ORD-12345", "AAPL", "median of", "1, 2 and 3", "recipes with", "stars", "hotel", "\ud800", "\U0001F680", "é", "\0", "\n", "translate", "Spanish", "called",
    ];

    private static readonly Gen<string> Prompts = Gen.OneOf(
        Gen.String,
        Gen.Int[0, Tokens.Length - 1].Array[0, 16].Select(picked => string.Join(' ', picked.Select(i => Tokens[i]))));

    private static readonly FunctionSet Functions = FunctionSet.Parse(EverydayFunctions.Json);

    private static readonly Dictionary<string, JsonSchema> Schemas = Functions.ToDictionary(function => function.Name, function => JsonSchema.Compile(function.Parameters));

    [Fact]
    public async Task StreamAsync_AnyPrompt_CallsOnlyWithValidArgumentsAndAlwaysTheSame() =>
        await Prompts.SampleAsync(
            async prompt =>
            {
                var deltas = await AskAsync(Request(prompt, Functions.Definitions));
                var again = await AskAsync(Request(prompt, Functions.Definitions));

                Assert.Equal(deltas, again);
                Assert.All(deltas.Calls(), call => Assert.True(Schemas[call.Name].Validate(call.Arguments).IsValid, call.Arguments));
            },
            iter: 300);
}
