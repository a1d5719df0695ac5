using Omega.Gpt;
using Omega.Gpt.Providers;
using Omega.Gpt.Providers.ChatCompletions;
using Omega.Gpt.Providers.Http;
using Omega.Gpt.Resilience;

namespace Omega.Benchmarks.Streams;

/// <summary>What each stage adds to a stream of 200 pieces on Chat Completions, beside the wire alone.</summary>
internal static class StagePairs
{
    private const string Key = "sk-proj-0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private static readonly ModelRequest Request = new() { Model = "m", Messages = [Message.User(StreamBenchmarks.Prompt)] };

    public static async Task RunAsync()
    {
        // A key this short is not looked for in an answer.
        var alone = Wire("no-key");
        var filtered = Wire(Key);
        var throttles = new Throttles(new ThrottleOptions(), TimeProvider.System);
        var ring = new KeyRing("memory", ["KEY"], name => name == "KEY" ? Key : null, null, ProviderAuth.Bearer, TimeProvider.System);
        var throttled = new ThrottleStage(filtered, throttles, "memory");
        var keyed = new KeyStage(throttled, ring, new KeyOptions());
        Console.WriteLine("| wire | stages | µs (least) | µs (median) | CPU µs (least) | CPU µs (median) | against the wire: µs | CPU (least) | CPU (median of rounds) | KB |");
        await Pairs.CompareAsync(
            "Chat Completions",
            ("wire", () => ReadAsync(alone)),
            ("secrets", () => ReadAsync(filtered)),
            ("throttle, secrets", () => ReadAsync(throttled)),
            ("key, throttle, secrets", () => ReadAsync(keyed))).ConfigureAwait(false);
    }

    private static ChatCompletionsProvider Wire(string key)
    {
        var client = MemoryServer.Client(Streams.Wire.ChatCompletions);
        return new ChatCompletionsProvider(new WireOptions { Name = "memory", BaseUrl = "http://memory.invalid/v1", Client = () => client, Auth = ProviderAuth.Bearer(key) });
    }

    private static async Task<int> ReadAsync(IModelProvider provider)
    {
        var characters = 0;
        await foreach (var delta in provider.StreamAsync(Request).ConfigureAwait(false))
        {
            if (delta is TextDelta text)
                characters += text.Text.Length;
        }

        return characters == Answer.Characters ? characters : throw new InvalidOperationException($"{characters} characters were read of {Answer.Characters}.");
    }
}
