using System.CommandLine;
using Omega.Cli.Screen;
using Omega.Gpt.Resilience;

namespace Omega.Cli.Commands.Keys;

/// <summary><c>omega keys test</c>: asks the providers whether they know the keys; costs nothing.</summary>
internal sealed class TestKeysCommand : Command
{
    public TestKeysCommand(CliHost host)
        : base("test", "Ask providers whether they know the keys. Costs nothing.")
    {
        var which = new Argument<string?>("which") { Description = "A key's id or a provider; all keys when left out", Arity = ArgumentArity.ZeroOrOne };
        Arguments.Add(which);
        Arguments.Add(KeyInput.Rest());
        SetAction(async (parsed, cancellationToken) =>
        {
            var providers = KeysCommand.Providers(host);
            var tests = await providers.TestKeysAsync(parsed.GetValue(which), cancellationToken).ConfigureAwait(false);
            if (providers.KeyProblem is { } problem)
                host.Terminal.Marked("note", problem, Tone.Warning);
            if (tests.Count == 0)
                throw CliException.Failed(parsed.GetValue(which) is null ? "There are no keys. Add one: omega keys add PROVIDER" : "There is no such key, and no key of such a provider. See: omega keys list");
            var table = new TextTable(new TextColumn("provider"), new("id"), new("state"), new("finding", Flexible: true));
            foreach (var test in tests)
                table.Add(test.Provider, test.Id, test.State?.ToString().ToLowerInvariant() ?? "?", test.Finding);
            foreach (var line in table.Lines(host.Terminal))
                host.Terminal.OutputLine(line);
            return tests.Any(test => test.State is KeyState.Revoked or KeyState.Exhausted) ? ExitCode.Access : tests.All(test => test.State is null) ? ExitCode.Failed : ExitCode.Answered;
        });
    }
}
