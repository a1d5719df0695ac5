using System.CommandLine;
using Omega.Cli.Screen;

namespace Omega.Cli.Commands.Keys;

/// <summary><c>omega keys add</c>: the key comes on standard input.</summary>
internal sealed class AddKeyCommand : Command
{
    private static readonly NumberRange Weights = new(1, 100, Whole: true);

    public AddKeyCommand(CliHost host)
        : base("add", "Add a key to the store; it is read from standard input.")
    {
        var provider = new Argument<string>("provider") { Description = "Whose key it is, such as openai; see omega doctor" };
        var id = OptionParsing.Text("--id", "Its name in the store; taken from the provider's when left out", "NAME");
        var weight = OptionParsing.Number("--weight", "Its share beside the provider's other keys; default 1", "NUMBER", Weights);
        Arguments.Add(provider);
        Arguments.Add(KeyInput.Rest());
        Options.Add(id);
        Options.Add(weight);
        SetAction(async (parsed, cancellationToken) =>
        {
            var owner = KeysCommand.Providers(host).KeyOwner(parsed.GetValue(provider)!);
            var secret = await KeyInput.ReadAsync(host, $"Key for {owner}", $"omega keys add {owner}", cancellationToken).ConfigureAwait(false);
            var added = await host.Keys.AddAsync(owner, secret, parsed.GetValue(id), (int)(parsed.GetValue(weight) ?? 1), cancellationToken).ConfigureAwait(false);
            host.Terminal.Line($"Added {added.Id} for {owner}. Test it with: omega keys test {added.Id}", Tone.Dim);
            return ExitCode.Answered;
        });
    }
}
