using System.Globalization;
using Omega.Gpt;
using Omega.TestKit;

namespace Omega.Cli.Tests.Processes;

/// <summary>What was read off the pipe is in the session, whenever the program is killed. OMEGA_ROUNDS sets the rounds (default 5).</summary>
public sealed class KillTests
{
    private const int Deltas = 2000;
    private const int Seed = 20261123;

    [Fact]
    public async Task Kill_AtAnyMomentOfAFastStream_TheSessionStartsWithWhatWasReadAndIsAPrefixOfWhatWasSent()
    {
        var rounds = int.TryParse(Environment.GetEnvironmentVariable("OMEGA_ROUNDS"), CultureInfo.InvariantCulture, out var asked) ? asked : 5;
        var random = new Random(Seed);
        var pieces = Enumerable.Range(0, Deltas).Select(i => $"{i}:{new string((char)('a' + (i % 26)), i % 17)}é ").ToArray();
        var sent = string.Concat(pieces);
        await using var server = ModelServer.Start();
        var stream = ChatCompletionsStream.Create().Text(pieces).Finish("stop").Usage(10, Deltas).Done();
        server.Respond(_ => Reply.Stream(stream));
        var (whole, longest) = (0, 0);
        for (var round = 1; round <= rounds; round++)
        {
            using var omega = new OmegaProcess();
            // Half of the rounds early, where the program is still warming up.
            var after = random.Next(1, round % 2 == 0 ? sent.Length : sent.Length / 20);
            await using var run = omega.Start("ask", "Write", "-q", "-s", "demo", "-m", "compatible/omega-test-1", "--base-url", server.BaseUrl);
            run.CloseInput();
            await run.Output.WaitForAsync(text => text.Length >= after, $"{after} characters");

            if (!run.HasExited)
                run.Send(ProcessSignal.Kill);
            await run.WaitForExitAsync();

            var read = run.Output.Bytes;
            var kept = (await new FileConversationStore(omega.Home).LoadAsync("demo"))!.Messages[^1];
            Assert.Equal(Role.Assistant, kept.Role);
            var keptBytes = System.Text.Encoding.UTF8.GetBytes(kept.Text);
            var where = $"round {round}, killed after {after} characters: {read.Length} bytes read, {keptBytes.Length} kept";
            Assert.True(keptBytes.AsSpan().StartsWith(read), where);
            Assert.True(sent.StartsWith(kept.Text, StringComparison.Ordinal), where);
            Assert.Equal(kept.Text.Length == sent.Length && kept.State == MessageState.Complete, kept.State == MessageState.Complete);
            Assert.True(kept.State is MessageState.Interrupted or MessageState.Complete, $"{where}, {kept.State}");
            whole += kept.State == MessageState.Complete ? 1 : 0;
            longest = Math.Max(longest, keptBytes.Length - read.Length);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{rounds} rounds killed, {whole} of them after the end; at most {longest} bytes were kept beyond what was read.");
    }
}
