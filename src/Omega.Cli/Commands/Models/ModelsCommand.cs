using System.CommandLine;
using Omega.Gpt.Providers;

namespace Omega.Cli.Commands.Models;

/// <summary><c>omega models</c>: what is known of models, and whether what is configured still holds. Without a subcommand it lists.</summary>
internal sealed class ModelsCommand : Command, IExamples
{
    public ModelsCommand(CliHost host)
        : base("models", "List, show, update and check models. Models that are not listed, of a known provider, work too.")
    {
        var arguments = new ModelListArguments();
        arguments.AddTo(this);
        Subcommands.Add(new ListModelsCommand(host));
        Subcommands.Add(new ShowModelCommand(host));
        Subcommands.Add(new UpdateModelsCommand(host));
        Subcommands.Add(new CheckModelsCommand(host));
        SetAction(parsed => ListModelsCommand.Run(host, arguments.Read(parsed)));
    }

    public IReadOnlyList<string> Examples =>
    [
        "omega models",
        "omega models list --provider anthropic --state active",
        "omega models show gpt-5.5",
        "omega models update https://example.com/models.json --dry-run",
        "omega models check --live",
        "omega models --json | jq -r '.[].model'",
    ];

    /// <summary>The providers, for names and requests.</summary>
    internal static ProviderRegistry Providers(CliHost host) => ProviderRegistry.Create(host.Settings.Get, host.Time, host.Catalog, host.Keys);

    internal static DateOnly Today(CliHost host) => DateOnly.FromDateTime(host.Time.GetUtcNow().UtcDateTime);
}
